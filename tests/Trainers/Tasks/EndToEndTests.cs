using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Tasks;

/// <summary>The trainers inside ML.NET pipelines on real data: fit, evaluate, cross-validate, explain, predict.</summary>
public sealed class EndToEndTests
{
    private static readonly NeuralNetworkOptions Quick = new() { Network = Network.Mlp([32]), Epochs = 15, Optimizer = Optimizer.Adam(0.005), Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    [Trait("Row", "R24")]
    public void Digits_with_the_default_options_reach_97_percent()
    {
        var data = _ml.Data.Cache(Samples.Digits(_ml));
        var accuracies = new List<double>();
        for (var seed = 1; seed <= 3; seed++)
        {
            var split = _ml.Data.TrainTestSplit(data, testFraction: 0.2, seed: seed);
            var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
                .Append(_ml.Transforms.NormalizeMinMax("Features"))
                .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Seed = seed, Epochs = 30 }))
                .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
            accuracies.Add(_ml.MulticlassClassification.Evaluate(pipeline.Fit(split.TrainSet).Transform(split.TestSet)).MicroAccuracy);
        }

        Assert.InRange(accuracies.Order().ElementAt(1), 0.97, 1);
    }

    [Fact]
    [Trait("Row", "R24")]
    public void Breast_cancer_is_told_by_the_binary_trainer()
    {
        var results = _ml.BinaryClassification.CrossValidate(_ml.Data.Cache(Samples.BreastCancer(_ml)), Scaled().Append(_ml.BinaryClassification.Trainers.NeuralNetwork(Quick)), numberOfFolds: 3);
        Assert.InRange(results.Average(fold => fold.Metrics.Accuracy), 0.95, 1);
        Assert.InRange(results.Average(fold => fold.Metrics.AreaUnderRocCurve), 0.98, 1);
        Assert.All(results, fold => Assert.True(double.IsFinite(fold.Metrics.LogLoss)));
    }

    [Fact]
    [Trait("Row", "R24")]
    public void Diabetes_is_predicted_better_than_by_the_mean()
    {
        var results = _ml.Regression.CrossValidate(_ml.Data.Cache(Samples.Diabetes(_ml)), Scaled().Append(_ml.Regression.Trainers.NeuralNetwork(Quick with { Epochs = 10, Optimizer = Optimizer.Adam(0.001) })), numberOfFolds: 3);
        Assert.InRange(results.Average(fold => fold.Metrics.RootMeanSquaredError), 40, 66);
    }

    [Fact]
    [Trait("Row", "R24")]
    public void Iris_is_told_by_the_multiclass_trainer()
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Scaled()).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Quick with { Epochs = 40 }));
        var results = _ml.MulticlassClassification.CrossValidate(_ml.Data.Cache(Samples.Iris(_ml)), pipeline, numberOfFolds: 3);
        Assert.InRange(results.Average(fold => fold.Metrics.MicroAccuracy), 0.9, 1);
    }

    [Fact]
    public void Permutation_feature_importance_finds_the_feature_that_matters()
    {
        var random = new Random(1);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i =>
        {
            var (x, noise) = ((float)random.NextDouble(), (float)random.NextDouble());
            return new Row { Features = [x, noise], Flag = x > 0.5, Number = 10 * x, Class = x > 0.5 ? 1u : 0u };
        }).ToList());

        using var binary = _ml.BinaryClassification.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Flag" }).Fit(data);
        var drop = _ml.BinaryClassification.PermutationFeatureImportance(binary, data, "Flag", permutationCount: 2).Select(m => m.Accuracy.Mean).ToArray();
        Assert.True(drop[0] < -0.2 && drop[1] > -0.1, string.Join(" ", drop));

        using var regression = _ml.Regression.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Number" }).Fit(data);
        var rise = _ml.Regression.PermutationFeatureImportance(regression, data, "Number", permutationCount: 2).Select(m => m.RootMeanSquaredError.Mean).ToArray();
        Assert.True(rise[0] > 1 && rise[1] < rise[0] / 4, string.Join(" ", rise));

        using var multiclass = _ml.MulticlassClassification.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Class" }).Fit(data);
        var micro = _ml.MulticlassClassification.PermutationFeatureImportance(multiclass, data, "Class", permutationCount: 2).Select(m => m.MicroAccuracy.Mean).ToArray();
        Assert.True(micro[0] < -0.2 && micro[1] > -0.1, string.Join(" ", micro));
    }

    [Fact]
    public void Weights_decide_which_rows_are_learned()
    {
        // Each point is there twice, with label 0 and with label 10; the weights choose.
        List<Row> Rows(float low, float high) =>
            [.. Enumerable.Range(0, 100).SelectMany(i => new[] { new Row { Features = [i % 10, 1], Number = 0, Weight = low }, new Row { Features = [i % 10, 1], Number = 10, Weight = high } })];

        float Mean(float low, float high)
        {
            using var model = _ml.Regression.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Number", ExampleWeightColumnName = "Weight" }).Fit(_ml.Data.LoadFromEnumerable(Rows(low, high)));
            return model.Transform(_ml.Data.LoadFromEnumerable(Rows(1, 1))).GetColumn<float>("Score").Average();
        }

        Assert.InRange(Mean(1, 0), -0.6f, 0.6f);
        Assert.InRange(Mean(0, 1), 9.4f, 10.6f);
        Assert.InRange(Mean(1, 3), 6.5f, 8.5f);
    }

    [Fact]
    public void PredictionEngine_equals_Transform()
    {
        var data = Samples.RingsView(_ml);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Ring" }).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Samples.Point, Prediction>(model);
        var scored = _ml.Data.CreateEnumerable<Prediction>(model.Transform(data), reuseRowObject: false).ToArray();
        var points = Samples.Rings(300).ToArray();
        for (var i = 0; i < points.Length; i++)
        {
            var single = engine.Predict(points[i]);
            Assert.Equal(scored[i].PredictedLabel, single.PredictedLabel);
            Support.AssertClose([.. scored[i].Score.Select(v => (double)v)], [.. single.Score.Select(v => (double)v)], 1e-6);
        }
    }

    [Fact]
    public void The_trainer_says_whether_it_wants_scaled_features()
    {
        Assert.False(_ml.Regression.Trainers.NeuralNetwork().Info.NeedNormalization);
        Assert.True(_ml.Regression.Trainers.NeuralNetwork(new() { InputScaling = null }).Info.NeedNormalization);
    }

    private IEstimator<ITransformer> Scaled() => _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Flag { get; set; }

        public float Number { get; set; }

        [KeyType(2)]
        public uint Class { get; set; }

        public float Weight { get; set; } = 1;
    }

    private sealed class Prediction
    {
        [KeyType(3)]
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
