using Microsoft.ML;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Trainings that all cases share: Adam, global norm clipped to 1, labels as they are, all else the defaults.</summary>
internal static class Training
{
    public static NeuralNetworkOptions Options(NetSpec net, int batch) => new()
    {
        Network = net.Network,
        Optimizer = Optimizer.Adam(1e-3),
        Gradients = GradientTransform.ClipByGlobalNorm(1),
        LabelSmoothing = 0,
        BatchSize = batch,
        Epochs = 1,
        Seed = 1,
    };

    /// <summary>Steps a second of the epochs alone, reading and first measurements left out.</summary>
    public static double StepsPerSecond(MLContext ml, IDataView data, NeuralNetworkOptions options)
    {
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        var training = model.Model.Training!;
        return training.Steps / training.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
    }
}
