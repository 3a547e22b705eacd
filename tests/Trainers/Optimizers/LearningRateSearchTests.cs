using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>The range test for learning rates.</summary>
public sealed class LearningRateSearchTests
{
    [Fact]
    [Trait("Row", "R8")]
    public void A_rate_found_on_real_rows_trains()
    {
        var ml = new MLContext(1);
        var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Network = Network.Mlp([32, 32]), Optimizer = Optimizer.Adam(1), Epochs = 8, Seed = 1 };
        var data = Samples.RingsView(ml);
        var curve = ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(data);

        Assert.InRange(curve.Points.Count, 20, 100);
        Assert.Equal(1e-7, curve.Points[0].Rate, 12);
        Assert.Equal(1.2, curve.Points[1].Rate / curve.Points[0].Rate, 0.01);
        Assert.InRange(curve.Suggested, 1e-4, 0.1);
        Assert.True(curve.Suggested <= curve.AtLowestLoss / 10);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Optimizer = Optimizer.Adam(curve.Suggested) }).Fit(data);
        Assert.True(model.Model.Training!.Epochs[^1].Loss < 0.5 * curve.Points[0].Loss);
    }

    [Fact]
    public void It_repeats_itself_and_takes_the_steps_asked_for()
    {
        var ml = new MLContext(1);
        var trainer = ml.Regression.Trainers.NeuralNetwork(new() { LabelColumnName = "Radius", Network = Network.Mlp([8]), Seed = 1, Averaging = WeightAveraging.Ema() });
        var data = Samples.RingsView(ml);
        var first = trainer.FindLearningRate(data, 1e-4, 1e-2, 25);
        Assert.Equal(first, trainer.FindLearningRate(data, 1e-4, 1e-2, 25));
        Assert.Equal(25, first.Points.Count);
        Assert.Equal(1e-2, first.Points[^1].Rate, 9);
    }

    [Fact]
    public void The_suggestion_is_the_steepest_descent_within_a_tenth_of_the_minimum()
    {
        var search = new LearningRateSearch(1e-5, 1, 51);
        for (var i = 0; i <= 50 && search.Add(Math.Pow(10, -5 + (i / 10.0)), 2 - Math.Tanh((i - 20) / 4.0) + (i > 40 ? (i - 40) * 0.2 : 0)); i++)
        {
        }

        var curve = search.Curve();
        Assert.InRange(Math.Log10(curve.Suggested), -3.2, -2);
        Assert.InRange(Math.Log10(curve.AtLowestLoss), -1.2, -0.5);
    }

    [Fact]
    public void It_ends_when_the_loss_explodes_or_is_not_a_number()
    {
        var search = new LearningRateSearch(1e-5, 1, 50);
        Assert.True(search.Add(1e-5, 1));
        Assert.False(search.Add(1e-4, 100));
        Assert.False(search.Add(1e-3, double.NaN));
        Assert.Contains("at least 5 steps must have a finite loss that does not explode; 2 had. Lower from, or scale the data.", Assert.Throws<InvalidOperationException>(search.Curve).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drawing_is_a_self_contained_SVG_with_axes()
    {
        var curve = LearningRateCurve.From([.. Enumerable.Range(0, 60).Select(i => new LearningRatePoint(Math.Pow(10, -6 + (i / 10.0)), 2 + Math.Sin(i), 2.3 - (i * 0.02)))]);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".svg");
        curve.SaveSvg(path);
        try
        {
            var svg = XDocument.Load(path).Root!;
            Assert.Equal("svg", svg.Name.LocalName);
            var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
            Assert.Contains("learning rate (logarithmic)", texts);
            Assert.Contains("loss", texts);
            Assert.Contains("1e-3", texts);
            Assert.Contains(texts, text => text.StartsWith("suggested ", StringComparison.Ordinal));
            Assert.Equal(60, svg.Descendants().Count(element => element.Name.LocalName == "circle"));
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
