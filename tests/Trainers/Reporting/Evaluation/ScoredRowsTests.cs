using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Evaluations of scored rows agree with ML.NET's own evaluators.</summary>
public sealed class ScoredRowsTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Classes()
    {
        var data = Samples.Iris(_ml);
        var model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Epochs = 10, Seed = 1 })).Fit(data);
        var scored = model.Transform(data);
        var expected = _ml.MulticlassClassification.Evaluate(scored);
        var html = TrainingReport.Of(model).WithEvaluation(scored, "all").ToHtml();
        AssertTile(html, "accuracy", Figures.Percent(expected.MicroAccuracy));
        AssertTile(html, "log-loss", Figures.Number(expected.LogLoss));
        Assert.Contains("<th scope=\"row\" data-tip=\"setosa\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Yes_and_no()
    {
        var data = Samples.BreastCancer(_ml);
        using var model = _ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Epochs = 3, Seed = 1 }).Fit(data);
        var scored = model.Transform(data);
        var expected = _ml.BinaryClassification.Evaluate(scored);
        var html = TrainingReport.Of(model).WithEvaluation(scored).ToHtml();
        AssertTile(html, "accuracy", Figures.Percent(expected.Accuracy));
        AssertTile(html, "area under ROC", Figures.Number(expected.AreaUnderRocCurve));
        AssertTile(html, "precision", Figures.Percent(expected.PositivePrecision));
        AssertTile(html, "recall", Figures.Percent(expected.PositiveRecall));
    }

    [Fact]
    public void Numbers()
    {
        var data = Samples.Diabetes(_ml);
        using var model = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Epochs = 5, Seed = 1 }).Fit(data);
        var scored = model.Transform(data);
        var expected = _ml.Regression.Evaluate(scored);
        var html = TrainingReport.Of(model).WithEvaluation(scored).ToHtml();
        AssertTile(html, "RMSE", Figures.Number(expected.RootMeanSquaredError));
        AssertTile(html, "mean absolute error", Figures.Number(expected.MeanAbsoluteError));
        AssertTile(html, "R²", Figures.Number(expected.RSquared));
    }

    [Fact]
    public void Vectors_of_truths_and_numbers()
    {
        Vectors[] rows = [new() { Features = [1], Truths = [true, false], Numbers = [1, 2] }, new() { Features = [2], Truths = [false, true], Numbers = [3, 4] }];
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(rows, 20).SelectMany(row => row).ToList());
        var options = new NeuralNetworkOptions { Epochs = 1, Network = Network.Mlp([4]), Seed = 1 };
        using var truths = _ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Truths" }).Fit(data);
        Assert.Contains("of 80 values", TrainingReport.Of(truths).WithEvaluation(truths.Transform(data)).ToHtml(), StringComparison.Ordinal);
        using var numbers = _ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = "Numbers" }).Fit(data);
        AssertTile(TrainingReport.Of(numbers).WithEvaluation(numbers.Transform(data)).ToHtml(), "numbers", "80");
    }

    [Fact]
    public void Columns_that_do_not_go_together_are_told()
    {
        var data = Samples.RingsView(_ml, 30);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(new() { LabelColumnName = "Ring", Epochs = 1 }).Fit(data);
        var report = TrainingReport.Of(model);
        Assert.StartsWith("TrainingReport.WithEvaluation: the rows must have a column \"Score\"; they have ", Message(() => report.WithEvaluation(data)), StringComparison.Ordinal);
        Assert.StartsWith("TrainingReport.WithEvaluation: the label column \"Name\" must be a key ", Message(() => report.WithEvaluation(model.Transform(data), "rows", "Name")), StringComparison.Ordinal);
        Assert.StartsWith("TrainingReport.WithEvaluation: name must not be empty; got \"\".", Message(() => report.WithEvaluation(model.Transform(data), string.Empty)), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static void AssertTile(string html, string name, string value) => Assert.Contains($"<dt>{name}</dt><dd>{value}", html, StringComparison.Ordinal);

    private sealed class Vectors
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public bool[] Truths { get; set; } = [];

        [VectorType(2)]
        public float[] Numbers { get; set; } = [];
    }
}
