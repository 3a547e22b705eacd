using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class ConvertTypeTests
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData("1.5", 1.5f)]
    [InlineData("-2e3", -2000f)]
    [InlineData("", 0f)]
    [InlineData("?", float.NaN)]
    [InlineData("NaN", float.NaN)]
    [InlineData("∞", float.PositiveInfinity)]
    [InlineData("-Infinity", float.NegativeInfinity)]
    [InlineData("seven", float.NaN)]
    [InlineData(" 15", float.NaN)]
    [InlineData("15 ", 15f)]
    [InlineData("1,5", float.NaN)]
    public void Text_BecomesASingle(string text, float expected) =>
        Assert.Equal(expected, Convert<float>(new() { Text = text }, "Text", DataKind.Single));

    [Theory]
    [InlineData("yes", true)]
    [InlineData("+1", true)]
    [InlineData("F", false)]
    [InlineData("maybe", false)]
    public void Text_BecomesABoolean(string text, bool expected) =>
        Assert.Equal(expected, Convert<bool>(new() { Text = text }, "Text", DataKind.Boolean));

    [Theory]
    [InlineData("255", 255)]
    [InlineData("256", 0)]
    [InlineData("-1", 0)]
    public void Text_BeyondAnUnsignedTypeBecomesZero(string text, byte expected) =>
        Assert.Equal(expected, Convert<byte>(new() { Text = text }, "Text", DataKind.Byte));

    [Fact]
    public void Text_ThatIsNoSignedIntegerIsAnError() =>
        Assert.Throws<InvalidOperationException>(() => Convert<int>(new() { Text = "seven" }, "Text", DataKind.Int32));

    [Fact]
    public void Numbers_AreCastToEachOther()
    {
        var row = new Row { Long = 300, Flag = true, Double = 0.1 };
        Assert.Equal(300f, Convert<float>(row, "Long", DataKind.Single));
        Assert.Equal((sbyte)44, Convert<sbyte>(row, "Long", DataKind.SByte));
        Assert.Equal(1f, Convert<float>(row, "Flag", DataKind.Single));
        Assert.Equal(0.1f, Convert<float>(row, "Double", DataKind.Single));
        Assert.True(Convert<bool>(row, "Double", DataKind.Boolean));
        Assert.Equal("300", Convert<string>(row, "Long", DataKind.String));
    }

    [Fact]
    public void Vectors_AreConvertedItemByItem()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { X = [1, 2.5] }]);
        var converted = _ml.Transforms.Conversion.ConvertType("X", outputKind: DataKind.Single).FitSaveLoad(data);
        Assert.Equal([1, 2.5f], converted.Vectors("X")[0]);
        Assert.Equal("Vector<Single, 2>", converted.Schema["X"].Type.ToString());
    }

    [Fact]
    public void Keys_StayKeysWithTheirValues()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { Text = "a" }, new Row { Text = "b" }]);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Text")
            .Append(_ml.Transforms.Conversion.ConvertType("Text", outputKind: DataKind.UInt64));
        var converted = pipeline.Fit(data).Transform(data);
        Assert.Equal("Key<UInt64, 0-1>", converted.Schema["Text"].Type.ToString());
        Assert.Equal(["a", "b"], converted.KeyValues<ReadOnlyMemory<char>>("Text").Select(v => v.ToString()));
    }

    [Fact]
    public void Shape_HasTheNewItemType()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row()]);
        var column = _ml.Transforms.Conversion.ConvertType("Single", "X").ShapeOver(data).Column("Single");
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single), (column.Kind, (NumberDataViewType)column.ItemType));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Conversion.ConvertType("X", outputKind: DataKind.Int32).ShapeOver(data));
    }

    private T Convert<T>(Row row, string column, DataKind kind)
    {
        var data = _ml.Data.LoadFromEnumerable([row]);
        // One column, so that no cursor is split over threads, which would wrap errors.
        var pipeline = _ml.Transforms.SelectColumns(column).Append(_ml.Transforms.Conversion.ConvertType("Result", column, kind));
        return pipeline.Fit(data).Transform(data).GetColumn<T>("Result").Single();
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public long Long { get; set; }

        public bool Flag { get; set; }

        public double Double { get; set; }

        [VectorType(2)]
        public double[] X { get; set; } = [0, 0];
    }
}
