using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Rows for one forward pass.</summary>
/// <param name="Features"><c>[rows, features]</c>, Float32: numbers, then keys.</param>
/// <param name="Targets"><c>[rows]</c>: class index (Int64) or number (Float32); <c>[rows, outputs]</c> where a label is a vector.</param>
/// <param name="Weights"><c>[rows]</c>, Float32; null when every row weighs 1.</param>
/// <param name="Numbers">Finds the rows' numbers; null when the rows come from no IDataView.</param>
internal sealed record Batch(Tensor Features, Tensor Targets, Tensor? Weights, Func<long[]>? Numbers = null) : IDisposable
{
    public long Rows => Features.shape[0];

    /// <summary>The numbers, from 0, of the rows in the IDataView of the fit; found when asked for, also after disposal.</summary>
    public long[] RowIds() => Numbers?.Invoke() ?? [];

    public void Dispose()
    {
        Features.Dispose();
        Targets.Dispose();
        Weights?.Dispose();
    }
}
