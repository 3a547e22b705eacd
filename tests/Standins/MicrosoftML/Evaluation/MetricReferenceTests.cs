using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Evaluation;

/// <summary>Metrics against the values of scikit-learn in Reference/metrics.</summary>
public sealed class MetricReferenceTests
{
    private const int Digits = 7;

    private static readonly JsonElement Values =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "metrics", "metrics.json"))).RootElement;

    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Binary(int set)
    {
        var reference = Values.GetProperty("binary")[set];
        float[] scores = Floats(reference.GetProperty("scores")), probabilities = Floats(reference.GetProperty("probabilities"));
        var rows = reference.GetProperty("labels").EnumerateArray().Select((label, i) =>
            new BinaryRow { Label = label.GetBoolean(), Score = scores[i], Probability = probabilities[i] });
        var metrics = _ml.BinaryClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows));
        AssertAll(reference, metrics);
        AssertTable(reference, metrics.ConfusionMatrix);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Multiclass(int set)
    {
        var reference = Values.GetProperty("multiclass")[set];
        float[][] scores = [.. reference.GetProperty("scores").EnumerateArray().Select(Floats)];
        var definition = SchemaDefinition.Create(typeof(MulticlassRow));
        definition["Score"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, scores[0].Length);
        var rows = reference.GetProperty("labels").EnumerateArray().Select((label, i) =>
            new MulticlassRow { Label = label.GetInt32(), Score = scores[i] });
        var data = _ml.Data.LoadFromEnumerable(rows, definition);
        double[] topK = Doubles(reference.GetProperty("topK"));

        var metrics = _ml.MulticlassClassification.Evaluate(data, topKPredictionCount: topK.Length);
        AssertAll(reference, metrics);
        AssertTable(reference, metrics.ConfusionMatrix);
        AssertClose(topK, metrics.TopKAccuracyForAllK);
        AssertClose(Doubles(reference.GetProperty("perClassLogLoss")), metrics.PerClassLogLoss);
    }

    [Fact]
    public void Regression()
    {
        var reference = Values.GetProperty("regression")[0];
        var rows = Floats(reference.GetProperty("labels")).Zip(Floats(reference.GetProperty("scores")), (label, score) =>
            new RegressionRow { Label = label, Score = score });
        AssertAll(reference, _ml.Regression.Evaluate(_ml.Data.LoadFromEnumerable(rows)), relative: 1e-6);
    }

    private static void AssertAll(JsonElement reference, object metrics, double relative = 1e-7)
    {
        foreach (var expected in reference.GetProperty("expected").EnumerateObject())
        {
            double value = expected.Value.GetDouble();
            double actual = Assert.IsType<double>(metrics.GetType().GetProperty(expected.Name)?.GetValue(metrics));
            Assert.True(Math.Abs(actual - value) <= relative * Math.Max(1, Math.Abs(value)),
                $"{expected.Name}: expected {value}, got {actual}");
        }
    }

    private static void AssertTable(JsonElement reference, ConfusionMatrix matrix) =>
        Assert.Equal(reference.GetProperty("confusion").EnumerateArray().Select(Doubles), matrix.Counts);

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < Math.Pow(10, -Digits));

    private static float[] Floats(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetSingle())];

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private sealed class MulticlassRow
    {
        public float Label { get; set; }

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class RegressionRow
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }
}
