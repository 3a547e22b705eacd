using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>The report of a sweep.</summary>
public sealed class SweepReportTests
{
    private const string Hostile = "<script>alert(1)</script>";
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Every_trial_is_there_with_its_values_or_its_reason()
    {
        using var result = Run(trials: 9, rate => rate is > 0.01 ? throw new InvalidOperationException("too fast " + Hostile) : rate);
        var html = SweepReport.Of(result).WithTitle("A sweep").ToHtml();
        var completed = result.Trials.Where(trial => trial.State == TrialState.Completed).ToList();
        Assert.InRange(completed.Count, 1, 8);

        Assert.Contains($"Best: trial {result.Best.Number}, accuracy {Figures.Number(result.Best.Metric)}", html, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(Part(html, "<g class=\"paths\">", "</g>"), "<path "));
        Assert.Equal(1, Regex.Count(html, "class=\"win\" stroke-opacity"));
        Assert.Equal(9 - completed.Count, Regex.Count(html, "class=\"lost\" stroke-opacity"));
        Assert.Equal(9, Regex.Count(html, "class=\"mark (seen|lost)\" data-tip"));
        Assert.Equal(completed.Count, Regex.Count(Part(html, ">Trials</h2>", "</table>"), "<tr>") - 1);
        Assert.Equal(9 - completed.Count, Regex.Count(Part(html, ">Trials that did not complete</h2>", "</table>"), "too fast &lt;script&gt;"));
        Assert.All(completed, trial => Assert.Contains($"data-series=\"trial {trial.Number}\" data-points=\"2\"", html, StringComparison.Ordinal));
        Assert.Contains("<th scope=\"row\">rate</th><td>0.0001 to 0.1, by its logarithm</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_in_which_nothing_completed_has_a_report()
    {
        using var result = Run(trials: 2, _ => throw new InvalidOperationException("never"));
        var html = SweepReport.Of(result).ToHtml();
        Assert.Contains("No trial completed", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Trials</h2>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_curves_are_not_pressed_together_by_first_epochs_and_stopped_trials()
    {
        var parameter = OptionSpace.Of(0).Uniform("share", 0, 1, (_, _) => 0).Parameters[0];
        SweepTrial<object> Trial(int number, TrialState state, int epochs) => new(number, null, [new TrialValue(parameter, 0.5)], state, 0.95, null, TimeSpan.FromSeconds(1))
        {
            Curve = [.. Enumerable.Range(1, epochs).Select(epoch => new TrialEpoch(epoch, 1, 1, epoch == 1 ? 0.1 : 0.9 + (epoch / 1000.0)))],
        };
        var facts = new SweepFacts(SweepMetric.Accuracy(), [parameter], [Trial(1, TrialState.Completed, 40), Trial(2, TrialState.Completed, 40), Trial(3, TrialState.Stopped, 1)], [], "end", TimeSpan.FromSeconds(3));
        var markup = new Markup();
        SweepCharts.Of(facts).Write(markup);
        var ticks = Regex.Matches(Part(markup.ToString(), ">Learning curves<", "</figure>"), "class=\"tick-y\">([^<]*)<").Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("0.92", ticks);
        Assert.DoesNotContain("0.2", ticks);
    }

    [BrowserFact]
    public void It_opens_in_a_browser()
    {
        using var result = Run(trials: 9, rate => rate);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new", "sweep.html");
        SweepReport.Of(result).SaveHtml(path);
        foreach (var width in new[] { 390, 1280 })
        {
            var (body, console) = Browser.Open(
                File.ReadAllText(path),
                "var b = document.body, e = document.documentElement; b.dataset.overflow = e.scrollWidth - e.clientWidth; b.dataset.paths = document.querySelectorAll('.paths path').length; b.dataset.bars = document.querySelectorAll('.bar').length;",
                width);
            Assert.Empty(console);
            Assert.Equal(("0", "9", "2"), (body["data-overflow"], body["data-paths"], body["data-bars"]));
        }
    }

    private SweepResult<NeuralNetworkOptions> Run(int trials, Func<double, double> rateOf)
    {
        var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Network = Network.Mlp([8]), Epochs = 2, DiagnosisEvery = null };
        var space = OptionSpace.Of(options)
            .LogUniform("rate", 1e-4, 0.1, (each, rate) => each with { Optimizer = Optimizer.Adam(rateOf(rate)) })
            .Choice("clipper", (each, clipper) => each with { Gradients = clipper }, null, GradientTransform.ClipByNorm(1), GradientTransform.ClipByGlobalNorm(1));
        var sweep = new OptionSweep<NeuralNetworkOptions>(_ml, space, each => _ml.MulticlassClassification.Trainers.NeuralNetwork(each), SweepMetric.Accuracy("Ring")) { Trials = trials, Tuner = Tuner.Random() };
        return sweep.Run(Samples.RingsView(_ml, 60), Samples.RingsView(_ml, 60, seed: 2));
    }

    private static string Part(string html, string from, string to)
    {
        var start = html.IndexOf(from, StringComparison.Ordinal);
        return html[start..html.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
