using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class KeyMappingTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public KeyMappingTests() => _data = _ml.Data.LoadFromEnumerable(
    [
        new Row { Text = "b", Number = 3, Words = ["x", "y"] },
        new Row { Text = "a", Number = float.NaN, Words = ["", "x"] },
        new Row { Text = "", Number = -1.5f, Words = ["z", "z"] },
        new Row { Text = "b", Number = 3, Words = ["y", "q"] },
    ]);

    [Fact]
    public void ByOccurrence_NumbersValuesAsTheyCome()
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").FitSaveLoad(_data);
        Assert.Equal([1u, 2, 0, 1], keyed.GetColumn<uint>("Key"));
        Assert.Equal(["b", "a"], keyed.KeyValues<ReadOnlyMemory<char>>("Key").Select(v => v.ToString()));
        Assert.Equal("Key<UInt32, 0-1>", keyed.Schema["Key"].Type.ToString());
    }

    [Fact]
    public void ByValue_SortsTheValues()
    {
        var byValue = ValueToKeyMappingEstimator.KeyOrdinality.ByValue;
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Number", keyOrdinality: byValue).FitSaveLoad(_data);
        Assert.Equal([2u, 0, 1, 2], keyed.GetColumn<uint>("Key"));
        Assert.Equal([-1.5f, 3], keyed.KeyValues<float>("Key"));
    }

    [Fact]
    public void KeyValues_AreTextOnDemand()
    {
        var estimator = _ml.Transforms.Conversion.MapValueToKey("Key", "Number", addKeyValueAnnotationsAsText: true);
        var keyed = estimator.Fit(_data).Transform(_data);
        Assert.Equal(["3", "-1.5"], keyed.KeyValues<ReadOnlyMemory<char>>("Key").Select(v => v.ToString()));
    }

    [Fact]
    public void Vectors_AreMappedSlotBySlot()
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Words").FitSaveLoad(_data);
        Assert.Equal([[1u, 2], [0, 1], [3, 3], [2, 4]], keyed.GetColumn<VBuffer<uint>>("Key").Select(v => v.DenseValues().ToArray()));
    }

    [Fact]
    public void Limit_StopsLearning()
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 1).Fit(_data).Transform(_data);
        Assert.Equal([1u, 0, 0, 1], keyed.GetColumn<uint>("Key"));
    }

    [Fact]
    public void KeyData_GivesTheValues()
    {
        var keys = _ml.Data.LoadFromEnumerable([new Term { Value = "zz" }, new Term { Value = "b" }]);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: keys).Fit(_data).Transform(_data);
        Assert.Equal([2u, 0, 0, 2], keyed.GetColumn<uint>("Key"));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Conversion.MapValueToKey("Key", "Number", keyData: keys).Fit(_data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: _data));
    }

    [Fact]
    public void NoValues_MakeAKeyWithoutNames()
    {
        var empty = _ml.Data.LoadFromEnumerable([new Row { Text = "" }]);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Text").Fit(empty).Transform(empty);
        Assert.Equal("Key<UInt32, 0-0>", keyed.Schema["Text"].Type.ToString());
        Assert.Empty(keyed.Schema["Text"].Annotations.Schema);
    }

    [Fact]
    public void MapKeyToValue_GivesTheValuesBack()
    {
        var back = _ml.Transforms.Conversion.MapValueToKey("Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Number"))
            .Append(_ml.Transforms.Conversion.MapKeyToValue([new("Text"), new("Number")]))
            .FitSaveLoad(_data);
        Assert.Equal(["b", "a", "", "b"], back.GetColumn<string>("Text"));
        Assert.Equal([3, float.NaN, -1.5f, 3], back.GetColumn<float>("Number"));
    }

    [Fact]
    public void MapKeyToValue_RefusesWhatHasNoValues()
    {
        var noKey = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapKeyToValue("Text").ShapeOver(_data));
        Assert.StartsWith("Schema mismatch for input column 'Text': expected KeyType, got String", noKey.Message);
        var noValues = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapKeyToValue("Bare").ShapeOver(_data));
        Assert.StartsWith("Input column 'Bare' doesn't contain key values metadata", noValues.Message);
    }

    [Fact]
    public void Shapes_AreTrue()
    {
        var toKey = _ml.Transforms.Conversion.MapValueToKey("Key", "Words");
        var column = toKey.ShapeOver(_data).Column("Key");
        Assert.True(column.IsKey);
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, column.Kind);
        Assert.Equal(NumberDataViewType.UInt32, column.ItemType);
        Assert.Equal(TextDataViewType.Instance, column.Annotations.Column("KeyValues").ItemType);

        var keyed = toKey.Fit(_data).Transform(_data);
        var back = _ml.Transforms.Conversion.MapKeyToValue("Back", "Key").ShapeOver(keyed).Column("Back");
        Assert.False(back.IsKey);
        Assert.Equal(TextDataViewType.Instance, back.ItemType);
    }

    [Fact]
    public void KeysOfKeys_StandForTheFirstValues()
    {
        var byValue = ValueToKeyMappingEstimator.KeyOrdinality.ByValue;
        var twice = _ml.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Twice", "Key", keyOrdinality: byValue))
            .FitSaveLoad(_data);
        Assert.Equal(["b", "a"], twice.KeyValues<ReadOnlyMemory<char>>("Twice").Select(v => v.ToString()));
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        [VectorType(2)]
        public string[] Words { get; set; } = ["", ""];

        [KeyType(3)]
        public uint Bare { get; set; }
    }

    private sealed class Term
    {
        public string Value { get; set; } = "";
    }
}
