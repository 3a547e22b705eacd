using Microsoft.ML;
using Microsoft.ML.Data;
using Mode = Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class MissingValueTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public MissingValueTests() => _data = _ml.Data.LoadFromEnumerable(
    [
        new Row { X = [1, 8], One = 4 },
        new Row { X = [3, float.NaN], One = double.NaN },
        new Row { X = [float.NaN, 6], One = 4 },
        new Row { X = [3, 6], One = -2 },
    ]);

    [Theory]
    [InlineData(Mode.DefaultValue, 0, 0)]
    [InlineData(Mode.Mean, 7 / 3f, 20 / 3f)]
    [InlineData(Mode.Minimum, 1, 6)]
    [InlineData(Mode.Maximum, 3, 8)]
    [InlineData(Mode.Mode, 3, 6)]
    public void BySlot_EachSlotHasItsReplacement(Mode mode, float first, float second)
    {
        var filled = _ml.Transforms.ReplaceMissingValues("X", replacementMode: mode).FitSaveLoad(_data).Vectors("X");
        Assert.Equal(first, filled[2][0], 1e-6f);
        Assert.Equal(second, filled[1][1], 1e-6f);
        Assert.Equal([1, 8], filled[0]);
    }

    [Theory]
    [InlineData(Mode.Mean, 4.5f)]
    [InlineData(Mode.Minimum, 1)]
    [InlineData(Mode.Maximum, 8)]
    public void AcrossSlots_AllSlotsHaveOne(Mode mode, float replacement)
    {
        var estimator = _ml.Transforms.ReplaceMissingValues("X", replacementMode: mode, imputeBySlot: false);
        var filled = estimator.Fit(_data).Transform(_data).Vectors("X");
        Assert.Equal(replacement, filled[2][0], 1e-6f);
        Assert.Equal(replacement, filled[1][1], 1e-6f);
    }

    [Fact]
    public void Doubles_AreReplacedToo()
    {
        var filled = _ml.Transforms.ReplaceMissingValues("One", replacementMode: Mode.Mean).FitSaveLoad(_data);
        Assert.Equal([4, 2, 4, -2], filled.GetColumn<double>("One").Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void SparseRows_CountTheirZeros()
    {
        SparseRow[] rows = [new() { X = new(3, 1, [6f], [1]) }, new() { X = new(3, 1, [float.NaN], [1]) }, new() { X = new(3, 0, [], []) }];
        var data = _ml.Data.LoadFromEnumerable(rows);
        var filled = _ml.Transforms.ReplaceMissingValues("X", replacementMode: Mode.Mean).Fit(data).Transform(data).Vectors("X");
        Assert.Equal([0, 3, 0], filled[1]);
    }

    [Fact]
    public void Annotations_StayAndTypesWithoutMissingValuesAreRefused()
    {
        var named = _ml.Transforms.Conversion.ConvertType("Single", "One").Append(_ml.Transforms.Concatenate("F", "Single", "X"))
            .Append(_ml.Transforms.ReplaceMissingValues("F")).Fit(_data).Transform(_data);
        Assert.Equal(["Single", "", ""], named.SlotNames("F"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ReplaceMissingValues("Count").ShapeOver(_data));
        Assert.StartsWith("Type 'Int32' is not supported by NAReplaceTransform since it doesn't have an NA value", error.Message);
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] X { get; set; } = [];

        public double One { get; set; }

        public int Count { get; set; }
    }

    private sealed class SparseRow
    {
        [VectorType(3)]
        public VBuffer<float> X { get; set; }
    }
}
