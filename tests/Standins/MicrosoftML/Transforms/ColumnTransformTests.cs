using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Transforms;

public sealed class ColumnTransformTests
{
    private static readonly Row[] Rows =
    [
        new() { A = 1, B = 2, V = [1, 0, 3], Text = "x" },
        new() { A = -3, B = 0, V = [0, 0, 0], Text = "y" },
    ];

    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public ColumnTransformTests() => _data = _ml.Data.LoadFromEnumerable(Rows);

    [Fact]
    public void Concatenate_JoinsScalarsAndVectorsInOrder()
    {
        var joined = _ml.Transforms.Concatenate("F", "B", "V", "A").FitSaveLoad(_data);
        Assert.Equal([2, 1, 0, 3, 1], joined.Vectors("F")[0]);
        Assert.Equal([0, 0, 0, 0, -3], joined.Vectors("F")[1]);
        Assert.Equal("Vector<Single, 5>", joined.Schema["F"].Type.ToString());
    }

    [Fact]
    public void Concatenate_NamesSlotsAfterScalarsAndNamedVectors()
    {
        var twice = _ml.Transforms.Concatenate("F", "A", "V").Append(_ml.Transforms.Concatenate("G", "F", "B"));
        var nested = twice.Fit(_data).Transform(_data);
        Assert.Equal(["A", "", "", ""], nested.SlotNames("F"));
        Assert.Equal(["F.A", "", "", "", "B"], nested.SlotNames("G"));
    }

    [Fact]
    public void Concatenate_KeepsSparseRowsSparse()
    {
        var sparse = _ml.Data.LoadFromEnumerable([new SparseRow { X = new(6, 1, [5f], [4]) }]);
        var joined = _ml.Transforms.Concatenate("F", "X", "X").Fit(sparse).Transform(sparse);
        var row = joined.GetColumn<VBuffer<float>>("F").Single();
        Assert.False(row.IsDense);
        Assert.Equal([4, 10], row.GetIndices().ToArray());
    }

    [Fact]
    public void Concatenate_OfNormalizedColumnsIsNormalized()
    {
        InputOutputColumnPair[] both = [new("A"), new("B")];
        var normalized = _ml.Transforms.NormalizeMinMax(both).Append(_ml.Transforms.Concatenate("F", "A", "B")).Fit(_data).Transform(_data);
        Assert.True(normalized.Schema["F"].IsNormalized());
        Assert.False(_ml.Transforms.Concatenate("F", "A", "B").Fit(_data).Transform(_data).Schema["F"].IsNormalized());
    }

    [Fact]
    public void Concatenate_PromisesWhatItGives()
    {
        var shape = _ml.Transforms.Concatenate("F", "A", "V").ShapeOver(_data).Column("F");
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape.Kind);
        Assert.Equal(NumberDataViewType.Single, shape.ItemType);
        Assert.Equal(["SlotNames"], shape.Annotations.Names());
    }

    [Fact]
    public void Concatenate_RefusesMissingAndUnlikeColumns()
    {
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Concatenate("F", "A", "Nope").Fit(_data).Transform(_data));
        Assert.StartsWith("Could not find input column 'Nope'", missing.Message);
        var unlike = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Concatenate("F", "A", "Text").Fit(_data).Transform(_data));
        Assert.StartsWith("Schema mismatch for input column 'Text': expected Single, got String", unlike.Message);
        Assert.Throws<InvalidOperationException>(() => _ml.Transforms.Concatenate("F", "A", "Text").ShapeOver(_data));
    }

    [Fact]
    public void CopyColumns_CopiesValuesAndAnnotationsAndHides()
    {
        var named = _ml.Transforms.Concatenate("F", "A", "B").Append(_ml.Transforms.CopyColumns("A", "F")).FitSaveLoad(_data);
        Assert.Equal([1, 2], named.Vectors("A")[0]);
        Assert.Equal(["A", "B"], named.SlotNames("A"));
        Assert.Equal(2, named.Schema.Count(c => c.Name == "A"));
        Assert.True(named.Schema[0].IsHidden);
        Assert.Equal(1, named.Schema["A"].Index);
    }

    [Fact]
    public void SelectColumns_KeepsTheOrderAskedFor()
    {
        var selected = _ml.Transforms.SelectColumns("V", "A").FitSaveLoad(_data);
        Assert.Equal(["V", "A"], selected.Schema.Select(c => c.Name));
        Assert.Equal([1, -3], selected.GetColumn<float>("A"));
        Assert.Equal(["A", "V"], _ml.Transforms.SelectColumns("V", "A").ShapeOver(_data).Names());
    }

    [Fact]
    public void SelectColumns_KeepsHiddenColumnsOnDemand()
    {
        var hiding = _ml.Transforms.CopyColumns("A", "B").Fit(_data).Transform(_data);
        Assert.Single(_ml.Transforms.SelectColumns("A").Fit(hiding).Transform(hiding).Schema);
        Assert.Equal(2, _ml.Transforms.SelectColumns(["A"], keepHidden: true).Fit(hiding).Transform(hiding).Schema.Count);
    }

    [Fact]
    public void DropColumns_LeavesTheOthersInOrder()
    {
        var rest = _ml.Transforms.DropColumns("B", "Text").FitSaveLoad(_data);
        Assert.Equal(["A", "V"], rest.Schema.Select(c => c.Name));
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.DropColumns("Nope", "None").Fit(_data));
        Assert.StartsWith("Could not find input column 'Nope,None'", missing.Message);
    }

    [Fact]
    public void RowMappers_AskForTheColumnsTheyNeed()
    {
        var transformer = (ITransformer)_ml.Transforms.Concatenate("F", "A", "V").Fit(_data);
        Assert.True(transformer.IsRowToRowMapper);
        var mapper = transformer.GetRowToRowMapper(_data.Schema);
        Assert.Equal(["A", "V"], mapper.GetDependencies([mapper.OutputSchema["F"]]).Select(c => c.Name));
        Assert.Equal(["B"], mapper.GetDependencies([mapper.OutputSchema["B"]]).Select(c => c.Name));
    }

    [Fact]
    public void Transformers_MapSingleRows()
    {
        var model = _ml.Transforms.Concatenate("F", "A", "V").Append(_ml.Transforms.SelectColumns("F")).Fit(_data);
        using var engine = _ml.Model.CreatePredictionEngine<Row, Joined>(model);
        Assert.Equal([7, 1, 2, 3], engine.Predict(new() { A = 7, V = [1, 2, 3] }).F);
    }

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        [VectorType(3)]
        public float[] V { get; set; } = [];

        public string Text { get; set; } = "";
    }

    private sealed class Joined
    {
        public float[] F { get; set; } = [];
    }

    private sealed class SparseRow
    {
        [VectorType(6)]
        public VBuffer<float> X { get; set; }
    }
}
