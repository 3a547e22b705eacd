using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Evaluation;

public sealed class MulticlassEvaluationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void MacroAccuracy_IsOverTheClassesThatOccur()
    {
        var metrics = Evaluate((0, [.8f, .1f, .1f]), (0, [.1f, .8f, .1f]), (1, [.1f, .8f, .1f]));
        Assert.Equal(2 / 3.0, metrics.MicroAccuracy, 12);
        Assert.Equal(.75, metrics.MacroAccuracy);
        Assert.Equal([.5, 1, 0], metrics.ConfusionMatrix.PerClassRecall);
        Assert.Equal([1, .5, 0], metrics.ConfusionMatrix.PerClassPrecision);
    }

    [Fact]
    public void LogLoss_IsNaturalAndClamped()
    {
        var metrics = Evaluate((0, [.5f, .5f, 0]), (2, [.5f, .5f, 0]), (1, [0, 7, 0]));
        double clamped = -Math.Log((float)1e-15);
        Assert.Equal((Math.Log(2) + clamped) / 3, metrics.LogLoss, 12);
        Assert.Equal([Math.Log(2), 0, clamped], metrics.PerClassLogLoss);
    }

    [Fact]
    public void Ties_GoToTheFirstClass()
    {
        var metrics = Evaluate((0, [.4f, .4f, .2f]), (1, [.4f, .4f, .2f]));
        Assert.Equal(.5, metrics.MicroAccuracy);
        Assert.Equal([1, 0, 0], metrics.ConfusionMatrix.Counts[1]);
    }

    [Fact]
    public void TopK_CountsTheRankOfTheLabel()
    {
        (float, float[])[] rows = [(0, [.5f, .3f, .2f]), (1, [.5f, .3f, .2f]), (2, [.5f, .3f, .2f]), (2, [.1f, .2f, .7f])];
        var metrics = Evaluate(3, rows);
        Assert.Equal([.5, .75, 1], metrics.TopKAccuracyForAllK);
        Assert.Equal((1, 3), (metrics.TopKAccuracy, metrics.TopKPredictionCount));
        Assert.Null(Evaluate(0, rows).TopKAccuracyForAllK);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(-1, rows));
    }

    [Fact]
    public void MissingLabelsAndBadScores_AreLeftOut()
    {
        var metrics = Evaluate((0, [1, 0, 0]), (float.NaN, [1, 0, 0]), (-1, [1, 0, 0]), (.5f, [1, 0, 0]), (0, [1, float.NaN, 0]),
            (0, [1, float.PositiveInfinity, 0]));
        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.Equal(1, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
    }

    [Fact]
    public void UnknownLabels_AreWrongAndMaximallySurprising()
    {
        var metrics = Evaluate((0, [1, 0, 0]), (9, [1, 0, 0]));
        Assert.Equal(.5, metrics.MicroAccuracy);
        Assert.Equal(1, metrics.MacroAccuracy);
        Assert.Equal(-Math.Log((float)1e-15) / 2, metrics.LogLoss, 12);
    }

    [Fact]
    public void MissingKeys_AreMissingLabels()
    {
        // What is out of the key's range is missing.
        Row[] rows = [new() { Key = 2, Score = [0, 0, 1] }, new() { Key = 3, Score = [0, 0, 1] }];
        Assert.Equal(1, _ml.MulticlassClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows), "Key").MicroAccuracy);
    }

    [Theory]
    [InlineData("Label", "PredictedLabel", "Schema mismatch for score column 'PredictedLabel': expected vector of two or more items of type Single, got UInt32")]
    [InlineData("Label", "One", "Schema mismatch for score column 'One': expected vector of two or more items of type Single, got Vector<Single, 1>")]
    [InlineData("Label", "Varying", "Schema mismatch for score column 'Varying': expected vector of two or more items of type Single, got Vector<Single>")]
    [InlineData("PredictedLabel", "Score", "Schema mismatch for label column 'PredictedLabel': expected Single or Key, got UInt32")]
    [InlineData("Nope", "Score", "Nope column 'Label' not found")]
    public void WrongColumns_AreRefused(string label, string score, string message)
    {
        var data = _ml.Data.LoadFromEnumerable([new Row()]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Evaluate(data, label, score));
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Table_NamesClassesBySlotNamesOrNumbers()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        var names = new VectorDataViewType(TextDataViewType.Instance, 3);
        definition["Score"].AddAnnotation("SlotNames",
            new VBuffer<ReadOnlyMemory<char>>(3, ["cat".AsMemory(), "wild dog".AsMemory(), "x".AsMemory()]), names);
        Row[] rows = [new() { Score = [1, 0, 0] }, new() { Label = 1, Score = [1, 0, 0] }, new() { Label = 2, Score = [0, 0, 1] }];
        var named = _ml.MulticlassClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows, definition)).ConfusionMatrix;
        string expected = string.Join(Environment.NewLine,
            "",
            "Confusion table",
            "            ||========================",
            "PREDICTED   ||     0 |     1 |     2 | Recall",
            "TRUTH       ||========================",
            "0.      cat ||     1 |     0 |     0 | 1.0000",
            "1. wild dog ||     1 |     0 |     0 | 0.0000",
            "2.        x ||     0 |     0 |     1 | 1.0000",
            "            ||========================",
            "Precision   ||0.5000 |0.0000 |1.0000 |",
            "");
        Assert.Equal(expected, named.GetFormattedConfusionTable());
        var numbered = _ml.MulticlassClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows)).ConfusionMatrix;
        Assert.Contains("        1 ||     1 |     0 |     0 | 0.0000", numbered.GetFormattedConfusionTable());
    }

    private MulticlassClassificationMetrics Evaluate(params (float Label, float[] Score)[] rows) => Evaluate(0, rows);

    private MulticlassClassificationMetrics Evaluate(int topK, (float Label, float[] Score)[] rows) =>
        _ml.MulticlassClassification.Evaluate(
            _ml.Data.LoadFromEnumerable(rows.Select(r => new Row { Label = r.Label, Score = r.Score })), topKPredictionCount: topK);

    private sealed class Row
    {
        public float Label { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [0, 0, 0];

        public uint PredictedLabel { get; set; }

        [VectorType(1)]
        public float[] One { get; set; } = [0];

        public float[] Varying { get; set; } = [];
    }
}
