using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.ConvNet;

/// <summary>The network of the text, and how it is trained.</summary>
internal static class ConvNetTraining
{
    /// <summary>Conv 32 3×3 ReLU → global average pooling → Dense 64 ReLU → softmax over the classes, on 28×28×1.</summary>
    public static Network Network { get; } = Network.Cnn([1, LargeDigit.Side, LargeDigit.Side], [Layer.Conv(32, 3), Layer.GlobalAveragePool(), Layer.Dense(64)]);

    /// <summary>10 epochs of batches of 4; so few steps want a high rate, and the warm-up that the default schedule has would take a fifth of them.</summary>
    public static NeuralNetworkOptions Options { get; } = new()
    {
        FeatureColumnName = nameof(LargeDigit.Pixels),
        Network = Network,
        Optimizer = Optimizer.Adam(1e-2),
        Epochs = 10,
        BatchSize = 4,
        Seed = 1,
    };

    /// <summary>Images to train on, as many as the text has, and others to measure on.</summary>
    public static (IDataView Train, IDataView Test) Images(MLContext ml, IEnumerable<Digit> digits)
    {
        var rows = digits.Select(LargeDigit.Of).ToList();
        return (ml.Data.LoadFromEnumerable(rows[..100]), ml.Data.LoadFromEnumerable(rows[100..600]));
    }

    public static IEstimator<ITransformer> Pipeline(MLContext ml, NeuralNetworkOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
