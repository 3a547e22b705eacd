using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Tuners;

/// <summary>A small training whose options are searched: digits, of which few train, with rates that may be far too small or too large.</summary>
internal static class TunedTraining
{
    private const int Epochs = 27;

    /// <returns>The best validation accuracy, that network's accuracy on held-out rows, and what it took.</returns>
    public static (double Validation, double Test, int Epochs, double Seconds) Run(Tuner tuner, int seed, int trials)
    {
        var ml = new MLContext(seed);
        var rows = ml.Data.LoadFromTextFile(
            Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"),
            [new TextLoader.Column("Features", DataKind.Single, 0, 63), new TextLoader.Column("Label", DataKind.String, 64)],
            separatorChar: ',',
            hasHeader: true);
        var labelled = ml.Data.Cache(ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows));
        var outer = ml.Data.TrainTestSplit(labelled, testFraction: 0.6, seed: seed);
        var inner = ml.Data.TrainTestSplit(outer.TrainSet, testFraction: 0.4, seed: seed);
        var watch = Stopwatch.StartNew();
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml, Space, options => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Accuracy())
        {
            Tuner = tuner,
            Trials = trials,
            Seed = seed,
        };
        using var result = sweep.Run(inner.TrainSet, inner.TestSet);
        var test = ml.MulticlassClassification.Evaluate(result.Model!.Transform(outer.TestSet)).MicroAccuracy;
        return (result.Best.Metric, test, result.Trials.Sum(trial => trial.Epochs), watch.Elapsed.TotalSeconds);
    }

    private static OptionSpace<NeuralNetworkOptions> Space { get; } = OptionSpace
        .Of(new NeuralNetworkOptions { Epochs = Epochs, ValidationFraction = 0.15, DiagnosisEvery = null })
        .LogUniform("rate", 1e-5, 1, (options, rate) => options with { Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(rate, 20)) })
        .Integer("width", 4, 128, (options, width) => options with { Network = Network.Mlp([width, width]) }, logarithmic: true)
        .Choice(
            "initialiser",
            (options, initializer) => options with { Initializer = initializer },
            Initializer.Isometric(),
            Initializer.HeNormal(),
            Initializer.Normal(0.01))
        .Choice(
            "clipper",
            (options, clipper) => options with { Gradients = clipper },
            GradientTransform.ClipByGlobalNorm(1),
            GradientTransform.AutoClip(),
            null);
}
