using System.Globalization;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Reports in a real browser: nothing is complained of, nothing fetched, the charts hold their data, and nothing is wider than a phone.</summary>
public sealed class BrowserTests
{
    private const string Script = """
        document.querySelectorAll('[data-series]').forEach(function (line) {
          var figure = line.closest('figure').querySelector('h3').textContent;
          document.body.setAttribute('data-' + (figure + '-' + line.dataset.series).toLowerCase().replace(/[^a-z]+/g, '-'), line.dataset.points);
        });
        document.body.dataset.cells = document.querySelectorAll('.cells rect').length;
        document.body.dataset.dots = document.querySelectorAll('.dots circle').length;
        document.body.dataset.marks = document.querySelectorAll('figure > svg .mark').length;
        document.body.dataset.confusion = document.querySelectorAll('.confusion > .table td').length;
        document.body.dataset.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        var strip = document.querySelector('.strips rect');
        strip.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, clientX: 50, clientY: 50 }));
        document.body.dataset.tip = document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent;
        """;

    [BrowserFact]
    public void A_healthy_run_shows_its_curves()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new()
        {
            LabelColumnName = "Ring",
            Epochs = 12,
            ValidationFraction = 0.2,
            DiagnosisEvery = 4,
            Network = Network.Mlp([16, 16]),
            Gradients = GradientTransform.ClipByGlobalNorm(0.1),
            Seed = 1,
        }).Fit(data);
        var training = model.Model.Training!;
        var body = Open(TrainingReport.Of(model).WithEvaluation(model.Transform(data)).ToHtml());

        Assert.Equal("13", body["data-loss-training"]);
        Assert.Equal("13", body["data-loss-validation"]);
        Assert.Equal("13", body["data-accuracy-validation"]);
        Assert.Equal(Number(training.Spans.Count), body["data-gradient-norm-computed"]);
        Assert.Equal(Number(training.Spans.Count), body["data-gradient-norm-after-clipping"]);
        Assert.Equal(Number(training.Spans.Count), body["data-learning-rate-rate"]);
        Assert.Equal("9", body["data-confusion"]);
        Assert.True(Count(body["data-cells"]) >= 3 * 3 * training.Samples.Count, body["data-cells"]);
        Assert.True(Count(body["data-dots"]) > 1, body["data-dots"]);
        Assert.StartsWith("epoch 0 training: ", body["data-tip"], StringComparison.Ordinal);
    }

    [BrowserFact]
    [Trait("Row", "R25")]
    public void An_exploding_run_shows_what_the_guard_did()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml);
        using var model = ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Radius",
            Epochs = 20,
            Seed = 1,
            DiagnosisEvery = 10,
            Callbacks = [Callback.On(stepStarting: (run, rows) => rows.Features.mul_(run.Step is 60 or (>= 120 and < 126) ? float.NaN : 1))],
        }).Fit(data);
        var training = model.Model.Training!;
        Assert.Contains(training.Incidents, incident => incident.Reaction == GuardReaction.RolledBack);

        var body = Open(TrainingReport.Of(model).WithEvaluation(model.Transform(data)).ToHtml());
        Assert.True(Count(body["data-marks"]) >= 4, body["data-marks"]);
        Assert.Equal("600", body["data-dots"]);
        Assert.Equal(Number(training.Spans.Count(span => span.Finite > 0)), body["data-gradient-norm-computed"]);
    }

    [BrowserFact]
    public void Hostile_names_run_nothing()
    {
        const string Name = "</script><script>document.body.dataset.broken=1</script><img src=x onerror=\"document.body.dataset.broken=1\">";
        Assert.DoesNotContain("data-broken", Open(TrainingReport.Of(Results.Of(2, 5, 3, 2, 4, Name)).WithTitle(Name).ToHtml()).Keys);
    }

    [BrowserFact]
    public void A_page_that_fetches_or_fails_is_noticed()
    {
        var html = TrainingReport.Of(Results.Of(2, 5)).ToHtml();
        Assert.Contains("Content Security Policy", Assert.Single(Browser.Open(html, "new Image().src = 'http://localhost:9/x.png'", 390).Console), StringComparison.Ordinal);
        Assert.Contains("oops", Assert.Single(Browser.Open(html, "throw new Error('oops')", 390).Console), StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, string> Open(string html)
    {
        var widths = new[] { 390, 1280 }.Select(width => Browser.Open(html, Script, width)).ToList();
        Assert.All(widths, opened =>
        {
            Assert.Empty(opened.Console);
            Assert.Equal("0", opened.Body["data-overflow"]);
        });
        return widths[0].Body;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Count(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
