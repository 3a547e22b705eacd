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

    /// <summary>Rows of the whole batch, of which other ranks of a job may hold some.</summary>
    public long RowsOfAll { get => IsSpare || field > 0 ? field : Rows; init; }

    /// <summary>Whether these are no rows of the batch: the rank holds none of it.</summary>
    public bool IsSpare { get; init; }

    /// <summary>Rows of the batch among these: all, or none.</summary>
    public long Counted => IsSpare ? 0 : Rows;

    /// <summary>The numbers, from 0, of the rows in the IDataView of the fit; found when asked for, also after disposal.</summary>
    public long[] RowIds() => Numbers?.Invoke() ?? [];

    /// <summary>The rows that these are mixed with; null where they are not.</summary>
    public MixedTargets? Mixed { get; init; }

    /// <summary>The rows in parts of at most so many, alike in size; itself where there are no more. Parts are views, which the caller's scope disposes.</summary>
    public IEnumerable<Batch> Parts(long most)
    {
        if (Rows <= most)
        {
            yield return this;
            yield break;
        }

        var count = (Rows + most - 1) / most;
        for (var i = 0L; i < count; i++)
        {
            var (first, length) = (Rows * i / count, (Rows * (i + 1) / count) - (Rows * i / count));
            yield return this with
            {
                Features = Features.narrow(0, first, length),
                Targets = Targets.narrow(0, first, length),
                Weights = Weights?.narrow(0, first, length),
                Numbers = Numbers is { } numbers ? () => numbers()[(int)first..(int)(first + length)] : null,
                Mixed = Mixed is { } other ? other with { Targets = other.Targets.narrow(0, first, length), Weights = other.Weights?.narrow(0, first, length) } : null,
                RowsOfAll = i == 0 ? RowsOfAll - Rows + length : length,
            };
        }
    }

    /// <summary>The mean loss of the rows: (1 − s)·L of their own targets + s·L of those they are mixed with, s being the share of these.</summary>
    public Tensor Loss(LearningTask task, Tensor outputs) => Mixed is not { } other
        ? task.Loss(outputs, Targets, Weights)
        : (task.Loss(outputs, Targets, Weights) * (1 - other.Share)) + (task.Loss(outputs, other.Targets, other.Weights) * other.Share);

    /// <summary>The loss of each row as if all weighed 1, <c>[rows]</c>, mixed likewise.</summary>
    public Tensor RowLosses(LearningTask task, Tensor outputs) => Mixed is not { } other
        ? task.RowLosses(outputs, Targets)
        : (task.RowLosses(outputs, Targets) * (1 - other.Share)) + (task.RowLosses(outputs, other.Targets) * other.Share);

    public void Dispose()
    {
        Features.Dispose();
        Targets.Dispose();
        Weights?.Dispose();
        Mixed?.Dispose();
    }
}
