using Microsoft.ML;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>A small training to hang callbacks on: 300 rows, 10 steps an epoch.</summary>
internal static class Runs
{
    public const int StepsPerEpoch = 10;

    public static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        InputScaling = null,
        Network = Network.Mlp([8]),
        Optimizer = Optimizer.Sgd(0.1),
        BatchSize = 30,
        Epochs = 3,
        Seed = 1,
    };

    public static NeuralNetworkTransformer Fit(NeuralNetworkOptions options, Action<string>? log = null)
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) => log?.Invoke($"{e.Kind} {e.Message}");
        return ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
    }

    public static NeuralNetworkTransformer Fit(params Callback[] callbacks) => Fit(Options with { Callbacks = callbacks });

    /// <summary>All weights, in order.</summary>
    public static double[] Weights(NeuralNetworkTransformer model) => [.. model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray())];
}
