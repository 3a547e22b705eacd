using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Takes the running means and variances of batch norms anew over given rows: the mean over the batches, weighted by their rows.</summary>
internal static class BatchNormStatistics
{
    private const string Prefix = "running_";

    /// <summary>Recomputes the statistics of the layers that are not frozen; all other layers work as in evaluation. A network without any is left alone.</summary>
    /// <param name="network">The network; it is left in evaluation mode.</param>
    /// <param name="batches">The rows; each batch is disposed.</param>
    /// <param name="ranks">The processes that share the training, each of which gives its own rows; null for this one alone.</param>
    public static void Recompute(nn.Module<Tensor, Tensor> network, IEnumerable<Batch> batches, ICollective? ranks = null)
    {
        var layers = network.modules().Where(layer => layer.training && Own(layer).Count > 0).ToList();
        network.eval();
        if (layers.Count == 0)
        {
            return;
        }

        layers.ForEach(layer => layer.train());
        var buffers = layers.SelectMany(Own).ToList();
        var means = buffers.ConvertAll(buffer => zeros_like(buffer));
        var rows = 0L;
        foreach (var batch in batches)
        {
            using var scope = NewDisposeScope();
            using (batch)
            {
                // A single row has no variance.
                if (batch.Rows > 1)
                {
                    rows += batch.Rows;
                    AddBatch(network, batch, buffers, means, rows);
                }
            }
        }

        var rowsOfAll = Gather(ranks ?? SingleProcess.Instance, means, rows);
        for (var i = 0; i < buffers.Count && rowsOfAll > 0; i++)
        {
            buffers[i].copy_(means[i]);
        }

        layers.ForEach(layer => layer.eval());
    }

    /// <summary>Makes the means those over the rows of all ranks.</summary>
    private static double Gather(ICollective ranks, List<Tensor> means, long rows)
    {
        var rowsOfAll = ranks.Gather([rows]).Sum();
        foreach (var mean in means.Where(_ => ranks.Count > 1 && rowsOfAll > 0))
        {
            mean.mul_(rows / rowsOfAll);
            ranks.Sum(mean);
        }

        return rowsOfAll;
    }

    private static void AddBatch(nn.Module<Tensor, Tensor> network, Batch batch, List<Tensor> buffers, List<Tensor> means, long rows)
    {
        // A layer moves its statistics from r to (1 − m)·r + m·b, m being its momentum. From r = 0 and r = c follow m and the batch's own b.
        var fromZero = Forward(0);
        var scales = fromZero.ConvertAll(moved => 1 + moved.abs().max());
        var fromScale = Forward(1, scales);
        for (var i = 0; i < buffers.Count; i++)
        {
            var momentum = 1 - ((fromScale[i] - fromZero[i]) / scales[i]).mean();
            means[i].add_((fromZero[i] / momentum) - means[i], alpha: (double)batch.Rows / rows);
        }

        List<Tensor> Forward(double start, List<Tensor>? scales = null)
        {
            for (var i = 0; i < buffers.Count; i++)
            {
                buffers[i].fill_(start);
                if (scales is not null)
                {
                    buffers[i].mul_(scales[i]);
                }
            }

            network.call(batch.Features);
            return buffers.ConvertAll(buffer => buffer.clone());
        }
    }

    /// <summary>The running statistics that a layer itself keeps.</summary>
    public static List<Tensor> Own(nn.Module layer) =>
        [.. layer.named_buffers(recurse: false).Where(named => named.Item1.StartsWith(Prefix, StringComparison.Ordinal)).Select(named => named.Item2)];
}
