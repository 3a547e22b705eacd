using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Mitigations;

/// <summary>What trainings of one setup came to, as means over the seeds.</summary>
/// <param name="Accuracy">Accuracy on held-out rows.</param>
/// <param name="Before">Median gradient norm before clipping.</param>
/// <param name="After">Median gradient norm after clipping.</param>
/// <param name="Largest">Largest gradient norm before clipping.</param>
/// <param name="Spikes">Steps in all whose norm jumped to more than ten times the usual.</param>
/// <param name="Diverged">Trainings that broke: their weights were no longer finite.</param>
internal sealed record Trial(double Accuracy, double Before, double After, double Largest, int Spikes, int Diverged)
{
    /// <summary>Trains a setup once for each seed, two at a time.</summary>
    public static Trial Of(Setup setup, IDataView train, IDataView test, IEnumerable<int> seeds)
    {
        var runs = seeds.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(seed => Run(setup, train, test, seed)).ToList();
        return new(
            runs.Average(run => run.Accuracy),
            runs.Average(run => run.Before),
            runs.Average(run => run.After),
            runs.Max(run => run.Largest),
            runs.Sum(run => run.Spikes),
            runs.Sum(run => run.Diverged));
    }

    private static Trial Run(Setup setup, IDataView train, IDataView test, int seed)
    {
        var ml = new MLContext(seed);
        var (before, after) = (new NormRecorder(), new NormRecorder());
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(setup.ToOptions(seed, before, after)).Fit(train);
        var accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        return new(accuracy, before.Median, after.Median, before.Largest, before.Spikes, model.Model.Training!.StopReason.Kind == StopKind.Diverged ? 1 : 0);
    }
}
