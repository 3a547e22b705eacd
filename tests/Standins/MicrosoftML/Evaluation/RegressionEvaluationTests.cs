using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Evaluation;

public sealed class RegressionEvaluationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Errors_AreMeans()
    {
        var metrics = Evaluate((1, 2), (3, 1), (5, 5));
        Assert.Equal(1, metrics.MeanAbsoluteError);
        Assert.Equal(5 / 3.0, metrics.MeanSquaredError, 12);
        Assert.Equal(Math.Sqrt(5 / 3.0), metrics.RootMeanSquaredError, 12);
        Assert.Equal(5 / 3.0, metrics.LossFunction, 12);
        Assert.Equal(1 - 5 / 8.0, metrics.RSquared, 12);
    }

    [Fact]
    public void RSquared_IsNaNForConstantLabelsAndZeroWithoutRows()
    {
        Assert.Equal(double.NaN, Evaluate((2, 1), (2, 3)).RSquared);
        Assert.Equal(0, Evaluate().RSquared);
    }

    [Fact]
    public void NaN_IsLeftOutAndInfinityIsNot()
    {
        Assert.Equal(1, Evaluate((1, 2), (float.NaN, 7), (3, float.NaN)).MeanAbsoluteError);
        Assert.Equal(double.PositiveInfinity, Evaluate((1, 2), (3, float.PositiveInfinity)).MeanAbsoluteError);
    }

    [Theory]
    [InlineData("Wide", "Score", "Schema mismatch for label column 'Wide': expected Single, got Double")]
    [InlineData("Label", "Wide", "Schema mismatch for score column 'Wide': expected Single, got Double")]
    [InlineData("Label", "Nope", "Nope column 'Score' not found")]
    public void WrongColumns_AreRefused(string label, string score, string message)
    {
        var data = _ml.Data.LoadFromEnumerable([new Row()]);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.Evaluate(data, label, score)).Message);
    }

    private RegressionMetrics Evaluate(params (float Label, float Score)[] rows) =>
        _ml.Regression.Evaluate(_ml.Data.LoadFromEnumerable(rows.Select(r => new Row { Label = r.Label, Score = r.Score })));

    private sealed class Row
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public double Wide { get; set; }
    }
}
