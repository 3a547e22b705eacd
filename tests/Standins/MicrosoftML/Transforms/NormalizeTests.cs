using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class NormalizeTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void MinMax_KeepsZeroAndDividesByTheLargest()
    {
        var scaled = Scale(_ml.Transforms.NormalizeMinMax("X"), [1, 0], [-4, 3], [2, 6]);
        Assert.Equal([0.25f, 0], scaled[0]);
        Assert.Equal([-1, 3 * (1f / 6)], scaled[1]);
        Assert.Equal([0.5f, 1], scaled[2]);
    }

    [Fact]
    public void MinMax_WithoutFixedZeroFillsTheUnitInterval()
    {
        var scaled = Scale(_ml.Transforms.NormalizeMinMax("X", fixZero: false), [1, 5], [-4, 3], [2, 6]);
        Assert.Equal([5 * (1f / 6), 2 * (1f / 3)], scaled[0]);
        Assert.Equal([0, 0], scaled[1]);
        Assert.Equal(1, scaled[2][0], 6);
    }

    [Fact]
    public void MinMax_MapsConstantSlotsToZeroAndPassesNaNOver()
    {
        var scaled = Scale(_ml.Transforms.NormalizeMinMax("X"), [7, float.NaN], [7, 2], [7, -1]);
        Assert.Equal([0, 0, 0], scaled.Select(row => row[0]));
        Assert.Equal([float.NaN, 1, -0.5f], scaled.Select(row => row[1]));
    }

    [Fact]
    public void MinMax_LearnsFromTheFirstExamplesOnly()
    {
        var scaled = Scale(_ml.Transforms.NormalizeMinMax("X", maximumExampleCount: 2), [1, 0], [2, 1], [200, 50]);
        Assert.Equal([100, 50], scaled[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("X", maximumExampleCount: 1));
    }

    [Fact]
    public void MeanVariance_DividesByTheRootMeanSquareOrStandardises()
    {
        float[][] rows = [[1, 2], [3, 2], [5, 2]];
        var fixedZero = Scale(_ml.Transforms.NormalizeMeanVariance("X"), rows);
        Assert.Equal(1 / Math.Sqrt((1 + 9 + 25) / 3.0), fixedZero[0][0], 6);
        Assert.Equal(0, fixedZero[0][1]);
        var standard = Scale(_ml.Transforms.NormalizeMeanVariance("X", fixZero: false), rows);
        double deviation = Math.Sqrt(8 / 3.0);
        Assert.Equal([-2 / deviation, 0, 2 / deviation], standard.Select(row => Math.Round(row[0], 6)), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void MeanVariance_MapsByTheNormalDistributionOnDemand()
    {
        var mapped = Scale(_ml.Transforms.NormalizeMeanVariance("X", useCdf: true), [1, 2], [3, 2], [5, 2]);
        Assert.Equal(0.5f, mapped[1][0]);
        // Φ(√1.5), to the accuracy of the approximation.
        Assert.Equal(0.8897, mapped[2][0], 3);
        Assert.Equal(1 - mapped[2][0], mapped[0][0], 5);
        Assert.Equal(0, mapped[0][1]);
    }

    [Fact]
    public void SparseRows_CountTheirZerosAndStaySparse()
    {
        SparseRow[] rows = [new() { X = new(4, 1, [2f], [1]) }, new() { X = new(4, 2, [-4f, 1f], [1, 3]) }];
        var data = _ml.Data.LoadFromEnumerable(rows);
        var scaled = _ml.Transforms.NormalizeMinMax("X").Fit(data).Transform(data);
        Assert.Equal([[0, 0.5f, 0, 0], [0, -1, 0, 1]], scaled.Vectors("X"));
        Assert.False(scaled.GetColumn<VBuffer<float>>("X").First().IsDense);
    }

    [Fact]
    public void Parameters_AreTheScaleAndOffset()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { X = [1, 5], One = 2 }, new Row { X = [3, 9], One = 4 }]);
        InputOutputColumnPair[] columns = [new("X"), new("One")];
        var transformer = _ml.Transforms.NormalizeMinMax(columns, fixZero: false).Fit(data);
        var vector = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>>(transformer.GetNormalizerModelParameters(0));
        Assert.Equal([0.5f, 0.25f], vector.Scale.ToArray());
        Assert.Equal([1, 5], vector.Offset.ToArray());
        var one = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<float>>(transformer.GetNormalizerModelParameters(1));
        Assert.Equal((0.5f, 2f), (one.Scale, one.Offset));
        Assert.Throws<ArgumentOutOfRangeException>(() => transformer.GetNormalizerModelParameters(2));
    }

    [Fact]
    public void Shape_IsNormalizedAndKeepsSlotNames()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { X = [1, 5] }]);
        var named = _ml.Transforms.Concatenate("F", "One", "X").Fit(data).Transform(data);
        var estimator = _ml.Transforms.NormalizeMinMax("F");
        Assert.Equal(["IsNormalized", "SlotNames"], estimator.ShapeOver(named).Column("F").Annotations.Names());
        var normalized = estimator.Fit(named).Transform(named);
        Assert.True(normalized.Schema["F"].IsNormalized());
        Assert.Equal(["One", "", ""], normalized.SlotNames("F"));
    }

    [Fact]
    public void WrongColumns_AreRefused()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { X = [1, 5] }]);
        var text = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("Text").ShapeOver(data));
        Assert.StartsWith("Schema mismatch for input column 'Text': expected vector or scalar of Single or Double, got String",
            text.Message);
        var varying = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("Varying").ShapeOver(data));
        Assert.StartsWith("Schema mismatch for input column 'Varying': expected known-size vector or scalar, got VarVector<Single>",
            varying.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("Nope").Fit(data));
    }

    private float[][] Scale(NormalizingEstimator estimator, params float[][] rows) =>
        estimator.FitSaveLoad(_ml.Data.LoadFromEnumerable(rows.Select(x => new Row { X = x }))).Vectors("X");

    private sealed class Row
    {
        [VectorType(2)]
        public float[] X { get; set; } = [];

        public float One { get; set; }

        public float[] Varying { get; set; } = [];

        public string Text { get; set; } = "";
    }

    private sealed class SparseRow
    {
        [VectorType(4)]
        public VBuffer<float> X { get; set; }
    }
}
