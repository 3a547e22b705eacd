using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/sweeps.md are the code below, and they run.</summary>
[Collection(nameof(Alone))]
public sealed class SweepsDocTests
{
    [Fact]
    public void The_examples_are_compiled_and_run()
    {
        using var folder = new TemporaryFolder();
        var (journal, csv) = (Path.Combine(folder.Path, "sweep.jsonl"), Path.Combine(folder.Path, "sweep.csv"));
        var ml = new MLContext(1);
        var keys = ml.Transforms.CopyColumns("Label", "Ring").Fit(Samples.RingsView(ml, 60));
        var (train, validation, all) = (keys.Transform(Samples.RingsView(ml, 60)), keys.Transform(Samples.RingsView(ml, 60, seed: 2)), keys.Transform(Samples.RingsView(ml, 90)));

        // <example>
        var space = OptionSpace.Of(new NeuralNetworkOptions { Epochs = 20 })
            .LogUniform("rate", 1e-4, 1e-1, (options, rate) => options with { Optimizer = Optimizer.AdamW(rate) }, start: 1e-3)
            .Integer("width", 16, 256, (options, width) => options with { Network = Network.Mlp([width, width]) }, logarithmic: true)
            .Choice("initialiser", (options, initializer) => options with { Initializer = initializer }, Initializer.Isometric(), Initializer.HeNormal())
            .Choice("clipper", (options, clipper) => options with { Gradients = clipper }, null, GradientTransform.AutoClip(), GradientTransform.ClipByGlobalNorm(1))
            .When("clipper", GradientTransform.ClipByGlobalNorm(1), inner => inner
                .LogUniform("largest norm", 0.1, 10, (options, norm) => options with { Gradients = GradientTransform.ClipByGlobalNorm(norm) }));
        // </example>
        // <example>
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml,
            space,
            options => ml.Transforms.NormalizeMinMax("Features").Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options)),
            SweepMetric.Accuracy())
        {
            Trials = 30,
            TimeLimit = TimeSpan.FromMinutes(10),
            Journal = journal,
        };
        using var result = sweep.Run(train, validation);
        Console.WriteLine(result);
        result.SaveCsv(csv);
        ITransformer model = result.Refit(all);
        // </example>
        Assert.Equal(30, result.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.Equal(31, File.ReadLines(csv).Count());
        Assert.Equal(31, File.ReadLines(journal).Count());
        Assert.InRange(ml.MulticlassClassification.Evaluate(model.Transform(all)).MicroAccuracy, 0.6, 1);

        // <example>
        var early = new OptionSweep<NeuralNetworkOptions>(
            ml,
            OptionSpace.Of(new NeuralNetworkOptions { Epochs = 27, ValidationFraction = 0.2 })
                .LogUniform("rate", 1e-4, 1e-1, (options, rate) => options with { Optimizer = Optimizer.AdamW(rate) }),
            options => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
            SweepMetric.LogLoss())
        {
            Tuner = Tuner.Asha(Tuner.Tpe(), eta: 3, minEpochs: 3),
        };
        // </example>
        // <example>
        var fromAttributes = OptionSpace.FromAttributes<NeuralNetworkSweepOptions>()
            .Select(swept => swept.ToOptions(new NeuralNetworkOptions { Epochs = 20 }));
        // </example>
        // <example>
        var plain = new OptionSweep<NeuralNetworkSweepOptions>(
            ml,
            OptionSpace.FromAttributes<NeuralNetworkSweepOptions>(),
            (swept, trial) => ml.MulticlassClassification.Trainers.NeuralNetwork(trial.Watch(swept.ToOptions())),
            SweepMetric.Accuracy());
        // </example>
        Assert.IsType<AshaTuner>(early.Tuner);
        Assert.Equal(20, fromAttributes.Create(fromAttributes.Start()).Epochs);
        Assert.Equal(fromAttributes.Parameters.Count, plain.Space.Parameters.Count);
        PageExamples.AssertSame("docs/sweeps.md", new Dictionary<string, string> { ["\"sweep.jsonl\""] = "journal", ["\"sweep.csv\""] = "csv" });
    }
}
