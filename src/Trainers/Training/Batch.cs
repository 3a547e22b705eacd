using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Rows for one forward pass.</summary>
/// <param name="Features"><c>[rows, features]</c>, Float32.</param>
/// <param name="Targets"><c>[rows]</c>: class index (Int64) or number (Float32).</param>
/// <param name="Weights"><c>[rows]</c>, Float32; null when every row weighs 1.</param>
internal sealed record Batch(Tensor Features, Tensor Targets, Tensor? Weights) : IDisposable
{
    public long Rows => Features.shape[0];

    public void Dispose()
    {
        Features.Dispose();
        Targets.Dispose();
        Weights?.Dispose();
    }
}
