using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Sequences;

/// <summary>A cell that learns the adding problem.</summary>
internal static class Adding
{
    /// <summary>Trains on fresh sequences and gives the mean squared error on others.</summary>
    public static double Mse(MLContext ml, RecurrentCell cell, int steps, int rows, NeuralNetworkOptions options)
    {
        using var model = ml.Regression.Trainers.NeuralNetwork(options with { Network = Network.Recurrent(cell, [steps, 2], hidden: 32) })
            .Fit(AddingProblem.Draw(ml, steps, rows, seed: 1));
        return ml.Regression.Evaluate(model.Transform(AddingProblem.Draw(ml, steps, 1000, seed: 2))).MeanSquaredError;
    }
}
