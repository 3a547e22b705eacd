using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Makes parameters of own layers.</summary>
internal static class LearnedTensor
{
    /// <summary>A parameter with the numbers of <paramref name="start"/>, which it takes over.</summary>
    public static Parameter From(Tensor start)
    {
        // The emptied tensor is disposed at once: its scope would count it as alive for ever.
        using (start)
        {
            return new Parameter(start);
        }
    }
}
