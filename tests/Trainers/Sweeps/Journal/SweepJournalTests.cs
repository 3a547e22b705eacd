using System.Text.Json;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

[Collection(nameof(Alone))]
public sealed class SweepJournalTests : IDisposable
{
    private const int Trials = 5;
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private int _fits;

    private string Path => System.IO.Path.Combine(_folder.Path, "sweeps", "one.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_a_trial_tells_what_was_tried_and_what_came_of_it()
    {
        var result = Run();
        var lines = File.ReadAllLines(Path);
        var header = JsonDocument.Parse(lines[0]).RootElement;
        var trial = JsonDocument.Parse(lines[1]).RootElement;

        Assert.Equal(Trials + 1, lines.Length);
        Assert.Equal("random", header.GetProperty("tuner").GetProperty("kind").GetString());
        Assert.Equal("accuracy", header.GetProperty("metric").GetString());
        var first = result.Trials.Single(one => one.Number == 1);
        Assert.Equal(first.Values[0].Value, trial.GetProperty("values").GetProperty("rate").GetDouble());
        Assert.Equal(first.Metric, trial.GetProperty("metric").GetDouble());
        Assert.Equal("Completed", trial.GetProperty("state").GetString());
        Assert.Equal(4, trial.GetProperty("curve").GetArrayLength());
        Assert.Contains(lines, line => line.Contains("\"clipper\":{\"kind\":\"clip-by-norm\",\"maxNorm\":1}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"clipper\":null", StringComparison.Ordinal));
    }

    [Fact]
    public void A_finished_sweep_is_read_and_no_trial_run_again_and_may_be_made_longer()
    {
        var first = Run();
        var second = Run();
        Assert.Equal(Trials, _fits);
        Assert.Equal(first.Facts(), second.Facts());
        Assert.Null(second.Model);

        var longer = Run(trials: Trials + 2);
        Assert.Equal(Trials + 2, _fits);
        Assert.Equal(first.Facts(), longer.Facts()[..Trials]);
    }

    [Fact]
    public void A_torn_last_line_is_run_again()
    {
        var first = Run();
        var bytes = File.ReadAllBytes(Path);
        for (var cut = 1; cut < 40; cut += 12)
        {
            File.WriteAllBytes(Path, bytes[..^cut]);
            Assert.Equal(first.Facts(), Run().Facts());
            Assert.Equal(Trials + 1, File.ReadAllLines(Path).Length);
            Assert.Contains("was cut short", _warnings[^1], StringComparison.Ordinal);
        }

        Assert.Equal(Trials + 4, _fits);
    }

    [Fact]
    public void A_damaged_line_is_passed_over_and_its_trial_run_again()
    {
        var first = Run();
        var lines = File.ReadAllLines(Path);
        lines[2] = lines[2].Replace("\"trial\"", "\"tri\0l\"", StringComparison.Ordinal);
        File.WriteAllLines(Path, lines);

        Assert.Equal(first.Facts(), Run().Facts());
        Assert.Equal(Trials + 1, _fits);
        Assert.Contains("line 3 of ", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_first_line_of_its_own_starts_anew()
    {
        var first = Run();
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..30]);

        Assert.Equal(first.Facts(), Run().Facts());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void A_file_of_something_else_is_left_as_it_is(string end)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "my notes" + end);

        Assert.Contains("is not the journal of a sweep", Message(() => Run()), StringComparison.Ordinal);
        Assert.Equal("my notes" + end, File.ReadAllText(Path));
    }

    [Fact]
    public void The_journal_of_another_sweep_is_told_by_what_differs()
    {
        Run();

        Assert.Contains("is the journal of a sweep with another seed", Message(() => Run(seed: 2)), StringComparison.Ordinal);
        Assert.Contains("with another tuner", Message(() => Run(tuner: Tuner.Tpe())), StringComparison.Ordinal);
        Assert.Contains("with another space", Message(() => Run(space: RingsSweep.Space.Integer("batch", 8, 9, (options, _) => options))), StringComparison.Ordinal);
        Assert.Contains("with another space", Message(() => Run(space: OptionSpace.Of(RingsSweep.Options with { Epochs = 5 })
            .LogUniform("rate", 1e-4, 0.1, (options, _) => options)
            .Choice("clipper", (options, _) => options, null, GradientTransform.ClipByNorm(1), GradientTransform.ClipByGlobalNorm(1)))), StringComparison.Ordinal);
        Assert.Contains("with another metric", Message(() => Run(metric: SweepMetric.LogLoss("Ring"))), StringComparison.Ordinal);
        Assert.Contains("with another data", Message(() => Run(folds: 2)), StringComparison.Ordinal);
        Assert.Contains("has other values for trial 1", Message(() =>
        {
            File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"point\":[0.", "\"point\":[0.0", StringComparison.Ordinal));
            Run();
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sweeps_at_once_cannot_share_it()
    {
        Run();
        using var other = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Contains("Does another sweep write to it?", Message(() => Run()), StringComparison.Ordinal);
    }

    [Fact]
    public void Early_ends_are_remembered()
    {
        var space = OptionSpace.Of(RingsSweep.Options with { ValidationFraction = 0.3, Epochs = 9 })
            .LogUniform("rate", 1e-5, 0.1, (options, rate) => options with { Optimizer = Optimizer.Adam(rate) });
        var tuner = Tuner.Asha(minEpochs: 1, monitor: Monitored.ValidationLoss);
        var whole = Run(trials: 12, tuner: tuner, space: space);
        File.Delete(Path);
        Run(trials: 6, tuner: tuner, space: space);

        Assert.Equal(whole.Facts(), Run(trials: 12, tuner: tuner, space: space).Facts());
    }

    private static string Message(Action run) => Assert.ThrowsAny<InvalidOperationException>(run).Message;

    private SweepResult<NeuralNetworkOptions> Run(
        int trials = Trials, int seed = 1, Tuner? tuner = null, OptionSpace<NeuralNetworkOptions>? space = null, SweepMetric? metric = null, int? folds = null)
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning && e.RawMessage.StartsWith("OptionSweep", StringComparison.Ordinal))
            {
                _warnings.Add(e.RawMessage);
            }
        };
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml,
            space ?? RingsSweep.Space,
            options =>
            {
                _fits++;
                return ml.MulticlassClassification.Trainers.NeuralNetwork(options);
            },
            metric ?? SweepMetric.Accuracy("Ring")).With(tuner ?? Tuner.Random(), trials, seed: seed, journal: Path);
        return folds is { } count ? sweep.CrossValidate(Samples.RingsView(ml, 60), count) : sweep.Run();
    }
}
