using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A row that counts nothing, for a batch of which a rank holds none: the network sees something all the same, so that what passes change by themselves stays the same on all ranks.</summary>
/// <param name="features">Its features, as the network gets them.</param>
/// <param name="label">Its label.</param>
/// <param name="weighted">Whether rows carry a weight.</param>
internal sealed class SpareRow(float[] features, float[] label, bool weighted)
{
    /// <summary>A batch of it; the caller disposes it.</summary>
    public Batch Batch(LearningTask task, long rowsOfAll)
    {
        using var labels = tensor(label);
        using var shaped = label.Length == 1 ? labels.alias() : labels.view(1, -1);
        using var targets = task.Targets(shaped);
        using var flat = tensor(features);
        return new Batch(flat.view(1, -1), targets.clone(), weighted ? zeros(1) : null) { IsSpare = true, RowsOfAll = rowsOfAll };
    }
}
