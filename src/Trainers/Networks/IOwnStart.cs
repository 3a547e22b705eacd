using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A module that starts some of its parameters by rules of its own.</summary>
internal interface IOwnStart
{
    /// <summary>The rule that fills a parameter, from a generator; null leaves it to the initialiser.</summary>
    /// <param name="parameter">The name within this module.</param>
    Action<Tensor, Generator>? StartOf(string parameter);
}
