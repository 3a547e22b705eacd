using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The trainer of a task.</summary>
internal static class Trainers
{
    public static NeuralNetworkTrainer Make(MLContext ml, TaskKind task, NeuralNetworkOptions options) => task switch
    {
        TaskKind.Binary => ml.BinaryClassification.Trainers.NeuralNetwork(options),
        TaskKind.Multiclass => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
        _ => ml.Regression.Trainers.NeuralNetwork(options),
    };
}
