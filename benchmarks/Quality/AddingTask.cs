using Microsoft.ML;
using Samples.Sequences;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>The adding problem, learned by a recurrent network and measured on sequences of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bar">The bar; the mean as prediction has <see cref="AddingProblem.MseOfMean"/>.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Steps">Length of the sequences.</param>
/// <param name="Rows">Sequences to train on.</param>
/// <param name="Epochs">Passes over them.</param>
internal sealed record AddingTask(string Name, double Bar, RecurrentCell Cell, int Steps, int Rows, int Epochs)
    : QualityTask(Name, Measure.Mse, Bar)
{
    private const int TestRows = 2000;
    private const int Hidden = 64;

    public override int Trainings(int folds) => 1;

    public override double Ours(int folds, int fold, NeuralNetworkOptions options)
    {
        var seed = options.Seed!.Value;
        var ml = new MLContext(seed);
        options = options with { Network = Network.Recurrent(Cell, [Steps, 2], Hidden), Epochs = Epochs, LabelSmoothing = null };
        using var model = ml.Regression.Trainers.NeuralNetwork(options).Fit(AddingProblem.Draw(ml, Steps, Rows, seed));
        return ml.Regression.Evaluate(model.Transform(AddingProblem.Draw(ml, Steps, TestRows, -seed))).MeanSquaredError;
    }
}
