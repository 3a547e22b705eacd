using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.ResNetDigits;

/// <summary>A residual network that reads 8×8 digits.</summary>
internal static class ResNetTraining
{
    public static Network Network(int depth, int width) => MLNet.GradStability.Network.ResNet(depth, [1, 8, 8], width);

    public static IEstimator<ITransformer> Pipeline(MLContext ml, NeuralNetworkOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options with { FeatureColumnName = nameof(Digit.Pixels) }))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
