using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The loss of a network that knows nothing of the rows: the scale by which a loss is judged.</summary>
internal static class Baseline
{
    private const long MostRows = 4096;

    /// <summary>Mean loss of the best constant outputs over some thousand rows of the first epoch; greater than 0.</summary>
    public static double Loss(BatchSource source, LearningTask task, RunSeed seed)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batches = new List<Batch>();
        foreach (var batch in source.Epoch(1, seed, task))
        {
            batches.Add(batch);
            if (batches.Sum(read => read.RowsOfAll) >= MostRows)
            {
                break;
            }
        }

        var targets = All(batch => batch.Targets);
        var weights = batches[0].Weights is null ? null : All(batch => batch.Weights!);
        var loss = task.Loss(task.Uninformed(targets), targets, weights).ToDouble();

        // Equal targets have no loss: any then does.
        return loss > 1e-12 ? loss : 1;

        Tensor All(Func<Batch, Tensor> part) => source.Ranks.GatherRows(cat([.. batches.Select(batch => part(batch).narrow(0, 0, batch.Counted))]));
    }
}
