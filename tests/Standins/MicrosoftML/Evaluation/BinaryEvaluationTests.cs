using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Evaluation;

public sealed class BinaryEvaluationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Ties_CountOneHalfOfTheArea()
    {
        var metrics = Evaluate((true, 1, .7f), (false, 1, .7f), (true, 0, .5f), (false, -1, .2f));
        // Of the four pairs, two are won, one is a tie and one is lost.
        Assert.Equal(2.5 / 4, metrics.AreaUnderRocCurve);
    }

    [Fact]
    public void LogLoss_IsInBitsAndNotClamped()
    {
        Assert.Equal(1, Evaluate((true, 1, .5f), (false, -1, .5f)).LogLoss);
        Assert.Equal(double.PositiveInfinity, Evaluate((true, -1, 0), (false, -1, .5f)).LogLoss);
        Assert.Equal(double.NaN, Evaluate((true, 1, float.NaN), (false, -1, .5f)).LogLoss);
    }

    [Fact]
    public void Reduction_ComparesWithThePrior()
    {
        var metrics = Evaluate((true, 1, .75f), (false, -1, .25f), (true, 1, .75f), (false, -1, .25f));
        Assert.Equal(1, metrics.Entropy);
        Assert.Equal(1 + Math.Log2(.75), metrics.LogLossReduction, 12);
    }

    [Fact]
    public void Threshold_IsScoreZeroWhateverThePredictedLabel()
    {
        BinaryRow[] rows = [new() { Label = true, Score = 2 }, new() { Label = false, Score = 0, PredictedLabel = true }];
        Assert.Equal(1, _ml.BinaryClassification.EvaluateNonCalibrated(_ml.Data.LoadFromEnumerable(rows)).Accuracy);
    }

    [Fact]
    public void BadScoresAndMissingLabels_AreLeftOut()
    {
        BinaryRow[] rows =
        [
            new() { SingleLabel = 1, Score = 2 },
            new() { SingleLabel = 0, Score = -1 },
            new() { SingleLabel = -3, Score = 4 },
            new() { SingleLabel = float.NaN, Score = 5 },
            new() { SingleLabel = 1, Score = float.NaN },
            new() { SingleLabel = 1, Score = float.NegativeInfinity },
        ];
        var metrics = _ml.BinaryClassification.EvaluateNonCalibrated(_ml.Data.LoadFromEnumerable(rows), "SingleLabel");
        Assert.Equal(3, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
        Assert.Equal(2 / 3.0, metrics.Accuracy, 12);
    }

    [Theory]
    [InlineData("Label")]
    [InlineData("SingleLabel")]
    [InlineData("DoubleLabel")]
    [InlineData("KeyLabel")]
    public void Labels_MayBeBooleanNumberOrKeyOfTwo(string label)
    {
        var rows = Enumerable.Range(0, 20).Select(i =>
        {
            bool positive = i % 3 == 0;
            return new BinaryRow
            {
                Label = positive,
                SingleLabel = positive ? 1 : 0,
                DoubleLabel = positive ? 2.5 : -1,
                KeyLabel = positive ? 1u : 0,
                Score = i % 4 - 1,
            };
        });
        var metrics = _ml.BinaryClassification.EvaluateNonCalibrated(_ml.Data.LoadFromEnumerable(rows), label);
        Assert.Equal(7, metrics.ConfusionMatrix.Counts[0].Sum());
        Assert.Equal(20, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
    }

    [Fact]
    public void OneClassAlone_HasNoArea()
    {
        var positive = Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate((true, 1, .5f), (true, 2, .6f)));
        Assert.StartsWith("AUC is not defined when there is no negative class in the data", positive.Message);
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate((false, 1, .5f)));
        Assert.StartsWith("AUC is not defined when there is no positive class in the data", negative.Message);
    }

    [Theory]
    [InlineData("Text", "Score", "Probability", "Schema mismatch for label column 'Text': expected Single, Double, Boolean, or a Key with cardinality 2, got String")]
    [InlineData("WideKeyLabel", "Score", "Probability", "Schema mismatch for label column 'WideKeyLabel': expected Single, Double, Boolean, or a Key with cardinality 2, got Key<UInt32, 0-2>")]
    [InlineData("Label", "DoubleScore", "Probability", "Schema mismatch for score column 'DoubleScore': expected Single, got Double")]
    [InlineData("Label", "Score", "DoubleScore", "Schema mismatch for probability column 'DoubleScore': expected Single, got Double")]
    [InlineData("Nope", "Score", "Probability", "Nope column 'Label' not found")]
    [InlineData("Label", "Nope", "Probability", "Nope column 'Score' not found")]
    [InlineData("Label", "Score", "Nope", "Nope column 'Probability' not found")]
    [InlineData("", "Score", "Probability", "labelColumnName cannot be null or empty")]
    public void WrongColumns_AreRefused(string label, string score, string probability, string message)
    {
        var data = _ml.Data.LoadFromEnumerable([new BinaryRow()]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Evaluate(data, label, score, probability));
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Table_IsLaidOut()
    {
        var metrics = Evaluate((true, 1, .7f), (true, -1, .3f), (true, 2, .9f), (false, -2, .2f), (false, 1, .6f));
        string expected = string.Join(Environment.NewLine,
            "TEST POSITIVE RATIO:\t0.6000 (3.0/(3.0+2.0))",
            "Confusion table",
            "          ||======================",
            "PREDICTED || positive | negative | Recall",
            "TRUTH     ||======================",
            " positive ||        2 |        1 | 0.6667",
            " negative ||        1 |        1 | 0.5000",
            "          ||======================",
            "Precision ||   0.6667 |   0.5000 |",
            "");
        Assert.Equal(expected, metrics.ConfusionMatrix.GetFormattedConfusionTable());
        Assert.Equal(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 1, actualClassIndicatorIndex: 0));
    }

    private CalibratedBinaryClassificationMetrics Evaluate(params (bool Label, float Score, float Probability)[] rows) =>
        _ml.BinaryClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows.Select(r =>
            new BinaryRow { Label = r.Label, Score = r.Score, Probability = r.Probability })));
}
