using Microsoft.ML;
using MLNet.GradStability.Tests.Callbacks;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/reports.md are the code below, word for word, and they run.</summary>
public sealed class ReportsDocTests
{
    [Fact]
    public void The_examples_are_those_of_the_page() => PageExamples.AssertSame(
        "docs/reports.md",
        new Dictionary<string, string> { ["\"report.html\""] = "report", ["\"sweep.html\""] = "path", ["\"training.csv\""] = "csv", ["\"training.html\""] = "html", ["\"runs/first\""] = "runs" });

    [Fact]
    public void A_page()
    {
        using var folder = new TemporaryFolder();
        var report = Path.Combine(folder.Path, "report.html");
        var ml = new MLContext(1);
        var (train, test) = (Samples.RingsView(ml), Samples.RingsView(ml, 30, seed: 2));
        var pipeline = ml.Transforms.CopyColumns("Label", "Ring").Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Epochs = 2 }));

        // <example>
        var model = pipeline.Fit(train);
        TrainingReport.Of(model)
            .WithTitle("Digits, second try")
            .WithEvaluation(model.Transform(test), "held-out rows")
            .SaveHtml(report);
        // </example>
        Assert.Contains("Evaluation: held-out rows", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Files()
    {
        using var folder = new TemporaryFolder();
        var (csv, html, runs) = (Path.Combine(folder.Path, "training.csv"), Path.Combine(folder.Path, "training.html"), Path.Combine(folder.Path, "runs"));
        using var model = Runs.Fit();

        // <example>
        var training = model.Model.Training!;
        training.SaveCsv(csv);         // a line an epoch
        training.SaveTensorBoard(runs);   // the curves of Callback.TensorBoard, and gradient_norm/used
        training.SaveHtml(html);       // the report without options, network and evaluations
        // </example>
        Assert.Equal((4, true), (File.ReadLines(csv).Count(), File.Exists(html)));
        Assert.NotEmpty(EventFile.ReadAll(runs));
    }

    [Fact]
    public void A_sweep()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sweep.html");
        var ml = new MLContext(1);
        var space = OptionSpace.Of(Runs.Options).LogUniform("rate", 1e-3, 0.1, (options, rate) => options with { Optimizer = Optimizer.Adam(rate) });
        var sweep = new OptionSweep<NeuralNetworkOptions>(ml, space, options => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Accuracy("Ring")) { Trials = 2 };
        using var result = sweep.Run(Samples.RingsView(ml), Samples.RingsView(ml, 30, seed: 2));

        // <example>
        SweepReport.Of(result).WithTitle("Digits").SaveHtml(path);
        // </example>
        Assert.Contains("<h1>Digits</h1>", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_that_threw_has_a_report()
    {
        var spoil = Callback.On(stepStarting: (_, rows) => rows.Features.mul_(float.NaN));
        var exception = Assert.Throws<TrainingDivergedException>(() => Runs.Fit(Runs.Options with { Stability = new() { OnDivergence = DivergenceAction.Throw }, Callbacks = [spoil] }));
        Assert.Contains("Diverged in epoch", TrainingReport.Of(exception.Result).ToHtml(), StringComparison.Ordinal);
    }
}
