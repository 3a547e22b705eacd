using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Explainability;

public sealed class PermutationImportanceTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;
    private readonly LinearScorer _linear;
    private readonly LinearScorer _classes;

    // The label is 3·x0 − x1; x2 is noise.
    public PermutationImportanceTests()
    {
        var random = new Random(1);
        _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(_ =>
        {
            float[] x = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            float y = 3 * x[0] - x[1];
            return new Row { Features = x, Label = y, Flag = y > 1, Key = y > 1 ? 1u : 0 };
        }).ToArray());
        _linear = new(_ml.Transforms.CustomMapping<Input, Scored>(
            (input, scored) => scored.Score = 3 * input.Features[0] - input.Features[1], null).Fit(_data));
        _classes = new(_ml.Transforms.CustomMapping<Input, Classified>((input, scored) =>
        {
            float y = 3 * input.Features[0] - input.Features[1];
            scored.Score = y > 1 ? [.1f, .9f] : [.9f, .1f];
        }, null).Fit(_data));
    }

    [Fact]
    public void Regression_RanksTheFeatures()
    {
        var importance = _ml.Regression.PermutationFeatureImportance(_linear, _data, permutationCount: 3);
        Assert.Equal(3, importance.Length);
        Assert.True(importance[0].RootMeanSquaredError.Mean > importance[1].RootMeanSquaredError.Mean);
        Assert.True(importance[1].RootMeanSquaredError.Mean > 0);
        Assert.True(importance[0].RSquared.Mean < 0);
        Assert.Equal(0, importance[2].RootMeanSquaredError.Mean);
        Assert.Equal(3, importance[0].MeanSquaredError.Count);
        Assert.True(importance[0].MeanSquaredError.StandardDeviation > 0);
        Assert.Equal(importance[0].MeanSquaredError.StandardDeviation / Math.Sqrt(3), importance[0].MeanSquaredError.StandardError, 12);
    }

    [Fact]
    public void Binary_ChangesTheRanking()
    {
        var importance = _ml.BinaryClassification.PermutationFeatureImportance(_linear, _data, "Flag");
        Assert.True(importance[0].AreaUnderRocCurve.Mean < -0.1);
        Assert.Equal(0, importance[2].Accuracy.Mean);
        Assert.Equal((1, 0d), (importance[0].F1Score.Count, importance[0].F1Score.StandardDeviation));
    }

    [Fact]
    public void Multiclass_HasTheLossOfEachClass()
    {
        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(_classes, _data, "Key", permutationCount: 2);
        Assert.True(importance[0].MicroAccuracy.Mean < -0.1);
        Assert.True(importance[0].LogLoss.Mean > 0.1);
        Assert.Equal(2, importance[0].PerClassLogLoss.Count);
        Assert.Equal(2, importance[0].PerClassLogLoss[1].Count);
        Assert.Equal(0, importance[2].LogLoss.Mean);
    }

    [Fact]
    public void Examples_LimitTheRowsAndMustBePositive()
    {
        var some = _ml.Regression.PermutationFeatureImportance(_linear, _data, useFeatureWeightFilter: true, numberOfExamplesToUse: 10);
        Assert.Equal(3, some.Length);
        Assert.Throws<InvalidOperationException>(() =>
            _ml.Regression.PermutationFeatureImportance(_linear, _data, numberOfExamplesToUse: 0));
        Assert.Empty(_ml.Regression.PermutationFeatureImportance(_linear, _ml.Data.LoadFromEnumerable(Array.Empty<Row>())));
    }

    [Fact]
    public void PlainTransformers_NeedAPredictorOfMLNet()
    {
        ITransformer model = _linear;
        Assert.Throws<ArgumentNullException>(() => _ml.Regression.PermutationFeatureImportance(model, _data));
        Assert.Throws<ArgumentNullException>(() => _ml.MulticlassClassification.PermutationFeatureImportance(model, _data, "Key"));
        var error = Assert.Throws<ArgumentNullException>(() =>
            _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, _data, "Flag"));
        Assert.StartsWith("The model provided does not have a compatible predictor", error.Message);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public bool Flag { get; set; }

        [KeyType(2)]
        public uint Key { get; set; }
    }

    private sealed class Input
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class Classified
    {
        [VectorType(2)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
