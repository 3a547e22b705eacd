using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.CrossValidation;

public sealed class CrossValidateTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;
    private readonly IEstimator<ITransformer> _copyScore;

    public CrossValidateTests()
    {
        _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i =>
            new Row { Id = i, Label = i % 7, Guess = i % 7 + (i % 2 == 0 ? 1 : -1), Group = i % 10 }));
        _copyScore = _ml.Transforms.CopyColumns("Score", "Guess");
    }

    [Fact]
    public void Folds_PartTheRows()
    {
        var folds = _ml.Regression.CrossValidate(_data, _copyScore, numberOfFolds: 4);
        Assert.Equal([0, 1, 2, 3], folds.Select(f => f.Fold));
        Assert.Equal(Enumerable.Range(0, 100), folds.SelectMany(f => f.ScoredHoldOutSet.GetColumn<int>("Id")).Order());
        Assert.All(folds, f => Assert.Equal(1, f.Metrics.MeanAbsoluteError));
        Assert.All(folds, f => Assert.IsAssignableFrom<ITransformer>(f.Model));
    }

    [Fact]
    public void Seed_ChoosesTheFolds()
    {
        Assert.Equal(FirstFold(seed: 5), FirstFold(seed: 5));
        Assert.NotEqual(FirstFold(seed: 5), FirstFold(seed: 6));
        Assert.Equal(FirstFold(seed: null), FirstFold(seed: 1));

        int[] FirstFold(int? seed) =>
            [.. _ml.Regression.CrossValidate(_data, _copyScore, seed: seed)[0].ScoredHoldOutSet.GetColumn<int>("Id")];
    }

    [Fact]
    public void SamplingKey_KeepsGroupsTogether()
    {
        var folds = _ml.Regression.CrossValidate(_data, _copyScore, numberOfFolds: 3, samplingKeyColumnName: "Group");
        var groups = folds.Select(f => f.ScoredHoldOutSet.GetColumn<int>("Group").Distinct().ToArray()).ToArray();
        Assert.Equal(10, groups.Sum(g => g.Length));
        Assert.Equal(Enumerable.Range(0, 10), groups.SelectMany(g => g).Order());
    }

    [Fact]
    public void EachFold_IsFittedOnTheOthers()
    {
        var estimator = new RowCounter(_ml);
        var folds = _ml.Regression.CrossValidate(_data, estimator.Append(_copyScore), numberOfFolds: 5);
        Assert.Equal(folds.Select(f => 100 - f.ScoredHoldOutSet.GetColumn<int>("Id").Count()), estimator.Counts);
    }

    [Fact]
    public void Classifiers_AreEvaluatedByTheirMetrics()
    {
        var rows = Enumerable.Range(0, 90).Select(i =>
            new BinaryScore { Label = i % 3 == 0, Score = i % 3 == 0 ? 1 : -1, Probability = i % 3 == 0 ? .8f : .2f });
        var data = _ml.Data.LoadFromEnumerable(rows);
        var nothing = _ml.Transforms.CopyColumns("Copy", "Score");
        Assert.All(_ml.BinaryClassification.CrossValidate(data, nothing), f => Assert.Equal(-Math.Log2(.8), f.Metrics.LogLoss, 6));
        Assert.All(_ml.BinaryClassification.CrossValidateNonCalibrated(data, nothing, 3), f =>
            Assert.Equal(1, f.Metrics.AreaUnderRocCurve));
        var three = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 90).Select(i =>
            new MulticlassScore { Label = i % 3, Score = [i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, 0] }));
        Assert.All(_ml.MulticlassClassification.CrossValidate(three, _ml.Transforms.CopyColumns("Copy", "Label"), 2), f =>
            Assert.Equal(2 / 3.0, f.Metrics.MacroAccuracy, 12));
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.CrossValidate(_data, _copyScore, numberOfFolds: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.CrossValidate(_data, _copyScore, labelColumnName: ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.CrossValidate(_data, _copyScore, samplingKeyColumnName: "Nope"));
    }

    private sealed class RowCounter(MLContext ml) : IEstimator<ITransformer>
    {
        public List<int> Counts { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Counts.Add(input.GetColumn<int>("Id").Count());
            return ml.Transforms.CopyColumns("Counted", "Id").Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public float Label { get; set; }

        public float Guess { get; set; }

        public int Group { get; set; }
    }

    private sealed class BinaryScore
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class MulticlassScore
    {
        public float Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
