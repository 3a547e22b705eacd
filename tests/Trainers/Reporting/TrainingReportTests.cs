using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability.Tests.Callbacks;
using MLNet.GradStability.Tests.Persistence;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>The report of a training: what is in it, whatever happened and whatever the names are.</summary>
public sealed partial class TrainingReportTests
{
    private const string Hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&";

    [Fact]
    public void A_report_tells_verdict_options_data_network_and_environment()
    {
        using var model = Runs.Fit(Runs.Options with { ValidationFraction = 0.2, Regularizer = Regularizer.L2(1e-4), Callbacks = [Callback.ReduceOnPlateau()] });
        var html = TrainingReport.Of(model).WithTitle("A title").ToHtml();
        var training = model.Model.Training!;

        string[] parts =
        [
            "<title>A title</title>", training.StopReason.Sentence, training.Diagnosis!.Sentence, "Learning", "Gradients and steps", "Options", "Data", "Network", "Environment",
            "<th scope=\"row\">Regularizer</th><td>l2: lambda 1e-4</td>",
            "<tr class=\"default\"><th scope=\"row\">Label smoothing</th><td>automatic</td>",
            "<th scope=\"row\">Callbacks</th><td>Callback.ReduceOnPlateau</td>",
            "<th scope=\"row\">Label</th><td>Ring: Key&lt;UInt32, 0-2&gt;</td>",
            "hidden0", training.Environment!.Runtime,
        ];
        Assert.All(parts, part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Equal((240, 60), (training.Data!.Rows, training.Data.ValidationRows));
    }

    [Fact]
    public void The_remedy_of_a_bad_run_is_there_to_be_copied()
    {
        var result = Results.Of(3) with
        {
            StopReason = StopReason.Diverged(2, 20, 5),
            Diagnosis = new(DiagnosisKind.ExplodingGradients, "hidden0", 3, "It exploded.", ["a number"], "Clip.", "options with { X = 1 }", [new(DiagnosisKind.LabelNoise, null, null, "Noise too.", [], "Look.", "rows", [])]),
        };
        var html = TrainingReport.Of(result).ToHtml();
        Assert.Contains("card verdict bad", html, StringComparison.Ordinal);
        Assert.Contains("<pre data-remedy=\"ExplodingGradients\">options with { X = 1 }</pre>", html, StringComparison.Ordinal);
        Assert.Contains("Also: Noise too.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("card verdict bad", TrainingReport.Of(Results.Of(3)).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_columns_classes_layers_and_titles_stay_text()
    {
        var ml = new MLContext(1);
        var rows = Samples.Rings(60).Select(point => new Named { Features = point.Features, Name = point.Name + Hostile }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        var options = new NeuralNetworkOptions { LabelColumnName = "L" + Hostile, FeatureColumnName = "F" + Hostile, Epochs = 1, DiagnosisEvery = 1 };
        var model = ml.Transforms.Conversion.MapValueToKey(options.LabelColumnName, "Name")
            .Append(ml.Transforms.CopyColumns(options.FeatureColumnName, "Features"))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Fit(data);
        AssertHarmless(TrainingReport.Of(model).WithTitle(Hostile).WithEvaluation(model.Transform(data), Hostile).ToHtml(), atLeast: 12);
        AssertHarmless(TrainingReport.Of(Results.Of(2, 5, 3, 2, 4, Hostile)).ToHtml(), atLeast: 12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_run_of_no_epoch_or_one_has_a_report(int epochs, int spans)
    {
        var html = TrainingReport.Of(Results.Of(epochs, spans)).ToHtml();
        Assert.Contains("<h1>Training report</h1>", html, StringComparison.Ordinal);
        Assert.Equal(epochs > 0, html.Contains("<h3>Loss</h3>", StringComparison.Ordinal));
        Assert.Equal(spans > 0, html.Contains("<h3>Gradient norm</h3>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fit_cancelled_at_once_has_a_report()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var model = Runs.Fit(Runs.Options with { CancellationToken = stop.Token, DiagnosisEvery = null });
        Assert.Contains("Cancelled in epoch 1", TrainingReport.Of(model).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_none_do_no_harm()
    {
        var bad = new EpochRecord(1, double.NaN, double.NaN, double.NaN, double.PositiveInfinity, 0.1, 3, TimeSpan.Zero);
        var result = Results.Of(0) with
        {
            Epochs = [bad, bad with { Epoch = 2 }],
            Spans = [StepSpan.Of(0, double.NaN, double.NaN, double.NaN), StepSpan.Of(1, double.PositiveInfinity, 1, 0.1)],
            Samples = [new(0, double.NaN, double.NaN, double.NaN, [new("a", double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)])],
            FinalValidation = new(double.NaN, double.NegativeInfinity),
        };
        var html = TrainingReport.Of(result).ToHtml();
        Assert.Contains("-∞", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(x|y|d|width|height|points)=\"[^\"]*(NaN|∞)", html);
    }

    [Fact]
    public void The_largest_run_makes_a_file_that_opens_at_once()
    {
        var html = TrainingReport.Of(Results.Of(epochs: 20_000, spans: 256, samples: 200, layers: 160, incidents: 1000)).ToHtml();
        Assert.InRange(html.Length, 100_000, 3_500_000);
    }

    [Fact]
    public void A_loaded_model_and_a_model_without_network_are_told()
    {
        using var saved = new SavedModel();
        var (ml, path) = saved.Save("Ring", out var model);
        model.Dispose();
        Assert.StartsWith(
            "TrainingReport.Of: the network must have been trained in this process; it was loaded from a file",
            Assert.Throws<ArgumentException>(() => TrainingReport.Of(ml.Model.Load(path, out _))).Message,
            StringComparison.Ordinal);
        var other = ml.Transforms.CopyColumns("A", "Features").Fit(Samples.RingsView(ml));
        Assert.StartsWith("TrainingReport.Of: the model must hold one neural network; it holds 0.", Assert.Throws<ArgumentException>(() => TrainingReport.Of(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_fetched_from_anywhere()
    {
        var html = TrainingReport.Of(Results.Of(3, 5, 3, 2, 4)).ToHtml();
        Assert.DoesNotMatch("(src|href)=\"(?!#)", html);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Contains("content=\"default-src &#39;none&#39;;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_written_in_new_folders_and_say_what_the_result_says()
    {
        using var folder = new TemporaryFolder();
        var csv = Path.Combine(folder.Path, "written.csv");
        using var model = Runs.Fit(Runs.Options with { ValidationFraction = 0.2, Callbacks = [Callback.Csv(csv)] });
        var training = model.Model.Training!;
        var path = Path.Combine(folder.Path, "a", "b");
        model.Model.SaveHtml(path + ".html");
        training.SaveHtml(path + "2.html");
        training.SaveCsv(path + ".csv");
        training.SaveTensorBoard(path);

        Assert.Equal(TrainingReport.Of(model).ToHtml(), File.ReadAllText(path + ".html"));
        Assert.DoesNotContain(">Options</h2>", File.ReadAllText(path + "2.html"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(csv), File.ReadAllText(path + ".csv"));
        var curves = EventFile.ReadAll(path).ToLookup(scalar => scalar.Tag, scalar => (scalar.Step, scalar.Value));
        Assert.Equal(training.Spans.Select(span => (span.First + 1, (float)span.Loss.Mean)), curves["loss/train"]);
        Assert.Equal(training.Spans.Select(span => (span.First + 1, (float)span.UsedNorm.Mean)), curves["gradient_norm/used"]);
        Assert.Equal(training.Epochs.Select(epoch => (8L * epoch.Epoch, (float)epoch.ValidationLoss)).Prepend((0, (float)training.InitialValidation!.Loss)), curves["loss/validation"]);
        Assert.StartsWith("TrainingReport.SaveHtml: path must not be empty; got \"\".", Assert.Throws<ArgumentException>(() => training.SaveHtml(string.Empty)).Message, StringComparison.Ordinal);
    }

    private static void AssertHarmless(string html, int atLeast)
    {
        Assert.Equal(1, Regex.Count(html, "<script"));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]* onerror=(?![^<]*&gt;)", Attributes().Replace(html, string.Empty));
        Assert.InRange(Regex.Count(html, "&lt;script&gt;alert\\(&#39;x&#39;\\)&lt;/script&gt;"), atLeast, int.MaxValue);
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Attributes();

    private sealed class Named
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = string.Empty;
    }
}
