using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class CustomMappingTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public CustomMappingTests() =>
        _data = _ml.Data.LoadFromEnumerable([new Source { X = [1, 2], Name = "a" }, new Source { X = [3, 4], Name = "b" }]);

    [Fact]
    public void Function_MapsRowsAndIsLoadedThroughItsFactory()
    {
        var mapped = _ml.Transforms.CustomMapping<Source, Target>(SumFactory.Map, "CustomMappingTests.Sum").FitSaveLoad(_data);
        Assert.Equal([3, 7], mapped.GetColumn<float>("Sum"));
        Assert.Equal(["a!", "b!"], mapped.GetColumn<string>("Greeting"));
    }

    [Fact]
    public void Function_RunsOnceForEachRow()
    {
        int calls = 0;
        var mapped = _ml.Transforms.CustomMapping<Source, Target>((_, _) => calls++, null).Fit(_data).Transform(_data);
        using var cursor = mapped.GetRowCursor([mapped.Schema["Sum"], mapped.Schema["Greeting"]]);
        var sum = cursor.GetGetter<float>(mapped.Schema["Sum"]);
        var greeting = cursor.GetGetter<ReadOnlyMemory<char>>(mapped.Schema["Greeting"]);
        float number = 0;
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            sum(ref number);
            greeting(ref text);
        }
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Mapping_WithoutContractCannotBeSaved()
    {
        var model = _ml.Transforms.CustomMapping<Source, Target>((_, _) => { }, null).Fit(_data);
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Model.Save(model, _data.Schema, new MemoryStream()));
        Assert.Contains("Empty contract name", error.Message);
    }

    [Fact]
    public void Annotations_OfTheDefinitionReachSchemaAndShape()
    {
        var definition = SchemaDefinition.Create(typeof(ScoreRow));
        definition["Score"].AddAnnotation("ScoreColumnKind", "Regression".AsMemory(), TextDataViewType.Instance);
        definition["Score"].AddAnnotation("ScoreColumnSetId", 3u, new KeyDataViewType(typeof(uint), 10));
        var names = new VectorDataViewType(TextDataViewType.Instance, 2);
        definition["Score"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(2, ["x".AsMemory(), "y".AsMemory()]), names);
        var estimator = _ml.Transforms.CustomMapping<Source, ScoreRow>(
            (source, target) => target.Score = source.X, null, outputSchemaDefinition: definition);

        var shape = estimator.ShapeOver(_data).Column("Score");
        Assert.Equal(["ScoreColumnKind", "ScoreColumnSetId", "SlotNames"], shape.Annotations.Names());
        var set = shape.Annotations.Column("ScoreColumnSetId");
        Assert.Equal((true, NumberDataViewType.UInt32), (set.IsKey, (NumberDataViewType)set.ItemType));
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape.Annotations.Column("SlotNames").Kind);

        var mapped = estimator.Fit(_data).Transform(_data);
        Assert.Equal(["x", "y"], mapped.SlotNames("Score"));
        ReadOnlyMemory<char> kind = default;
        mapped.Schema["Score"].Annotations.GetValue("ScoreColumnKind", ref kind);
        Assert.Equal("Regression", kind.ToString());
    }

    [Fact]
    public void Definitions_RenameInputColumns()
    {
        var definition = SchemaDefinition.Create(typeof(ScoreRow));
        definition["Score"].ColumnName = "X";
        var estimator = _ml.Transforms.CustomMapping<ScoreRow, Target>((source, target) => target.Sum = source.Score[1], null, definition);
        var mapped = estimator.Fit(_data).Transform(_data);
        Assert.Equal([2, 4], mapped.GetColumn<float>("Sum"));
    }

    [Fact]
    public void Shape_ChecksTheInputColumns()
    {
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.CustomMapping<ScoreRow, Target>((_, _) => { }, null).ShapeOver(_data));
        Assert.StartsWith("Could not find input column 'Score'", missing.Message);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.CustomMapping<WrongSource, Target>((_, _) => { }, null).ShapeOver(_data));
        Assert.StartsWith("Schema mismatch for input column 'X': expected Single, got Vector<Single>", wrong.Message);
        // A vector of varying size takes one of known size too.
        Assert.Equal(4, _ml.Transforms.CustomMapping<VaryingSource, Target>((_, _) => { }, null).ShapeOver(_data).Count);
    }

    public sealed class Source
    {
        [VectorType(2)]
        public float[] X { get; set; } = [];

        public string Name { get; set; } = "";
    }

    public sealed class Target
    {
        public float Sum { get; set; }

        public string Greeting { get; set; } = "";
    }

    private sealed class ScoreRow
    {
        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }

    private sealed class WrongSource
    {
        public float X { get; set; }
    }

    private sealed class VaryingSource
    {
        public float[] X { get; set; } = [];
    }

    [CustomMappingFactoryAttribute("CustomMappingTests.Sum")]
    public sealed class SumFactory : CustomMappingFactory<Source, Target>
    {
        public static void Map(Source source, Target target)
        {
            target.Sum = source.X.Sum();
            target.Greeting = source.Name + "!";
        }

        public override Action<Source, Target> GetMapping() => Map;
    }
}
