using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Batch-normalisation statistics of weights that were not trained with them, such as an average of weights.</summary>
internal static class RunningStatistics
{
    /// <summary>Whether the network keeps any.</summary>
    public static bool Has(nn.Module network) => network.modules().Any(module => module is BatchNormalizationLayer);

    /// <summary>Sets the running statistics to their mean over the batches, passed forward in training mode; the mode is put back.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Features <c>[rows, features]</c>; the caller disposes them.</param>
    public static void Recompute(nn.Module<Tensor, Tensor> network, IEnumerable<Tensor> batches)
    {
        using var _ = no_grad();
        var layers = network.modules().OfType<BatchNormalizationLayer>().ToList();
        var training = network.training;
        layers.ForEach(layer => layer.StartAveraging());
        network.train();
        try
        {
            foreach (var batch in batches)
            {
                using var outputs = network.call(batch);
            }
        }
        finally
        {
            network.train(training);
            layers.ForEach(layer => layer.StopAveraging());
        }
    }
}
