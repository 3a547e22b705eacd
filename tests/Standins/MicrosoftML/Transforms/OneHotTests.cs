using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OutputKind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class OneHotTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public OneHotTests() => _data = _ml.Data.LoadFromEnumerable(
    [
        new Row { Colour = "red", Tags = ["x", "y"] },
        new Row { Colour = "blue", Tags = ["x", "x"] },
        new Row { Colour = "", Tags = ["", "y"] },
    ]);

    [Fact]
    public void Indicator_PutsAOneInTheSlotOfTheValue()
    {
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Colour").FitSaveLoad(_data);
        Assert.Equal([[1, 0], [0, 1], [0, 0]], encoded.Vectors("Colour"));
        Assert.Equal(["red", "blue"], encoded.SlotNames("Colour"));
        Assert.True(encoded.Schema["Colour"].IsNormalized());
        Assert.False(encoded.GetColumn<VBuffer<float>>("Colour").First().IsDense);
    }

    [Fact]
    public void Indicator_OfAVectorIsOneBlockForEachSlot()
    {
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Tags").FitSaveLoad(_data);
        Assert.Equal([[1, 0, 0, 1], [1, 0, 1, 0], [0, 0, 0, 1]], encoded.Vectors("Tags"));
        Assert.Equal(["[0].x", "[0].y", "[1].x", "[1].y"], encoded.SlotNames("Tags"));
        VBuffer<int> ranges = default;
        encoded.Schema["Tags"].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.Equal([0, 1, 2, 3], ranges.DenseValues());
    }

    [Fact]
    public void Key_IsTheKeyAlone()
    {
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Colour", outputKind: OutputKind.Key).FitSaveLoad(_data);
        Assert.Equal([1u, 2, 0], encoded.GetColumn<uint>("Colour"));
    }

    [Fact]
    public void Bag_CountsTheValues()
    {
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Tags", outputKind: OutputKind.Bag).FitSaveLoad(_data);
        Assert.Equal([[1, 1], [2, 0], [0, 1]], encoded.Vectors("Tags"));
    }

    [Fact]
    public void Binary_IsTheBitsOfTheKeyAndAllOnesForMissing()
    {
        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Colour", outputKind: OutputKind.Binary).FitSaveLoad(_data);
        Assert.Equal([[0, 0, 0], [0, 0, 1], [1, 1, 1]], encoded.Vectors("Colour"));
        Assert.Equal(["Bit2", "Bit1", "Bit0"], encoded.SlotNames("Colour"));
    }

    [Fact]
    public void UnknownValues_AreAllZeros()
    {
        var byValue = ValueToKeyMappingEstimator.KeyOrdinality.ByValue;
        var model = _ml.Transforms.Categorical.OneHotEncoding("Colour", keyOrdinality: byValue).Fit(_data);
        Row[] unseen = [new() { Colour = "green", Tags = ["", ""] }, new() { Colour = "blue", Tags = ["", ""] }];
        Assert.Equal([[0, 0], [1, 0]], model.Transform(_ml.Data.LoadFromEnumerable(unseen)).Vectors("Colour"));
    }

    [Fact]
    public void SlotNames_GoOnThroughConcatenate()
    {
        var pipeline = _ml.Transforms.Categorical.OneHotEncoding("C", "Colour").Append(_ml.Transforms.Concatenate("F", "Size", "C"));
        var joined = pipeline.Fit(_data).Transform(_data);
        Assert.Equal(["Size", "C.red", "C.blue"], joined.SlotNames("F"));
    }

    [Theory]
    [InlineData(OutputKind.Indicator, "CategoricalSlotRanges,IsNormalized,SlotNames")]
    [InlineData(OutputKind.Bag, "IsNormalized,SlotNames")]
    [InlineData(OutputKind.Binary, "IsNormalized,SlotNames")]
    [InlineData(OutputKind.Key, "KeyValues")]
    public void Shape_HasTheAnnotationsOfTheKind(OutputKind kind, string annotations)
    {
        var estimator = _ml.Transforms.Categorical.OneHotEncoding("Colour", outputKind: kind);
        Assert.Equal(annotations.Split(','), estimator.ShapeOver(_data).Column("Colour").Annotations.Names());
    }

    private sealed class Row
    {
        public string Colour { get; set; } = "";

        [VectorType(2)]
        public string[] Tags { get; set; } = [];

        public float Size { get; set; }
    }
}
