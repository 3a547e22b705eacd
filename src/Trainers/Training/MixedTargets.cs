using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The targets of the rows that the rows of a batch are mixed with.</summary>
/// <param name="Targets">Of the shape of the batch's own.</param>
/// <param name="Weights">What those rows weigh; null when every row weighs 1.</param>
/// <param name="Share">The share of those rows in the mixture, 0 to 1/2.</param>
internal sealed record MixedTargets(Tensor Targets, Tensor? Weights, double Share) : IDisposable
{
    public void Dispose()
    {
        Targets.Dispose();
        Weights?.Dispose();
    }
}
