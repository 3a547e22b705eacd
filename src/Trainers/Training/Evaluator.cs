using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Measures a network on the rows of a source, each rank of a job on those that it holds.</summary>
/// <param name="network">The network.</param>
/// <param name="task">Its loss and metric.</param>
/// <param name="source">The rows.</param>
/// <param name="sample">Draws some ten thousand rows where there are more, for a measurement that need not be exact; null measures on all.</param>
/// <param name="unseen">Gives keys that are not in the training rows their vectors first; null where the rows hold none.</param>
internal sealed class Evaluator(nn.Module<Tensor, Tensor> network, LearningTask task, BatchSource source, RunSeed? sample = null, UnseenKeys? unseen = null)
{
    private const int BatchSize = 512;
    private const int MostSampled = 1 << 14;

    /// <summary>
    /// Evaluates the network as it is now, in evaluation mode; afterwards it is in the mode it was in before. The sums are taken in Float64, and the
    /// device is waited for once.
    /// </summary>
    public Evaluation Evaluate()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var wasTraining = network.training;
        var device = ComputeDevice.Of(network);
        unseen?.Fill();
        network.eval();
        try
        {
            var sums = zeros(4, dtype: ScalarType.Float64, device: device);
            var rows = 0L;
            foreach (var held in Batches())
            {
                var batch = held.MovedTo(device);
                rows += batch.RowsOfAll;
                Add(sums, batch);
                if (sample is not null && rows >= MostSampled)
                {
                    break;
                }
            }

            source.Ranks.Sum(sums);
            var numbers = sums.cpu().data<double>();
            return new Evaluation(numbers[0] / numbers[2], task.Metric(numbers[1], (long)numbers[3]));
        }
        finally
        {
            if (wasTraining)
            {
                network.train();
                LayerRules.KeepFrozenLayers(network);
            }
        }
    }

    private IEnumerable<Batch> Batches() => sample is { } seed && source.Rows > MostSampled ? source.Epoch(1, seed, task) : source.EpochInOrder(task, BatchSize);

    private void Add(Tensor sums, Batch batch)
    {
        using var scope = NewDisposeScope();
        using (batch)
        {
            if (batch.IsSpare)
            {
                return;
            }

            var outputs = network.call(batch.Features).to(ScalarType.Float64);
            var targets = batch.Targets.is_floating_point() ? batch.Targets.to(ScalarType.Float64) : batch.Targets;
            var weights = batch.Weights?.to(ScalarType.Float64);
            var loss = task.Loss(outputs, targets, weights);
            var weight = task.Weights(targets, weights)?.sum() ?? sums.Number(batch.Rows);
            sums.add_(stack([loss * weight, task.MetricSum(outputs, targets).to(ScalarType.Float64), weight, sums.Number(batch.Rows)]));
        }
    }
}
