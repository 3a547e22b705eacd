using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class EnumerableTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Members_become_columns()
    {
        var schema = _ml.Data.LoadFromEnumerable<Everything>([]).Schema;
        Assert.Equal(["Number", "Name", "Fixed", "Varying", "Renamed", "Property", "Buffer", "Words"], schema.Select(c => c.Name));
        Assert.Equal(NumberDataViewType.Single, schema["Number"].Type);
        Assert.Equal(TextDataViewType.Instance, schema["Name"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Fixed"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Double), schema["Varying"].Type);
        Assert.Equal(new KeyDataViewType(typeof(uint), 4), schema["Renamed"].Type);
        Assert.Equal(BooleanDataViewType.Instance, schema["Property"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32, 4), schema["Buffer"].Type);
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), schema["Words"].Type);
    }

    [Fact]
    public void Values_come_back_as_they_went_in()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { Everything.Example });
        var row = _ml.Data.CreateEnumerable<Everything>(data, reuseRowObject: false).Single();
        Assert.Equal(1.5f, row.Number);
        Assert.Equal("a", row.Name);
        Assert.Equal([1f, 2f, 3f], row.Fixed!);
        Assert.Equal([0.5], row.Varying!);
        Assert.True(row.Property);
        Assert.Equal([0, 8, 0, 0], row.Buffer.DenseValues());
        Assert.Equal(["x", "y"], row.Words!);
        Assert.Equal(0, row.Ignored);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(3u, 4u)]
    [InlineData(4u, 0u)]
    public void Objects_count_keys_from_zero_and_columns_from_one(uint inObject, uint inColumn)
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything { Key = inObject } });
        Assert.Equal(inColumn, data.GetColumn<uint>("Renamed").Single());
    }

    [Fact]
    public void Missing_texts_and_arrays_are_empty()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything() });
        Assert.Equal("", data.GetColumn<string>("Name").Single());
        Assert.Empty(data.GetColumn<float[]>("Fixed").Single());
    }

    [Fact]
    public void A_schema_definition_overrides_the_class()
    {
        var definition = SchemaDefinition.Create(typeof(Everything));
        definition["Varying"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, 1);
        definition["Number"].ColumnName = "N";
        definition["N"].AddAnnotation("Unit", "metre".AsMemory(), TextDataViewType.Instance);
        var data = _ml.Data.LoadFromEnumerable(new[] { Everything.Example }, definition);
        Assert.Equal(1, ((VectorDataViewType)data.Schema["Varying"].Type).Size);
        ReadOnlyMemory<char> unit = default;
        data.Schema["N"].Annotations.GetValue("Unit", ref unit);
        Assert.Equal("metre", unit.ToString());
        Assert.Equal(1.5f, data.GetColumn<float>("N").Single());
        definition["Varying"].ColumnType = NumberDataViewType.Double;
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { Everything.Example }, definition));
    }

    [Fact]
    public void A_schema_gives_its_types_and_annotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Values", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        var data = _ml.Data.LoadFromEnumerable(new[] { new Vector { Values = [1, 2] } }, builder.ToSchema());
        Assert.Equal(2, ((VectorDataViewType)data.Schema["Values"].Type).Size);
        Assert.True(data.Schema["Values"].IsNormalized());
    }

    [Fact]
    public void Columns_that_do_not_fit_are_named()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Vector { Values = [1] } });
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Everything>(data, false));
        Assert.StartsWith("Could not find  column 'Number'", missing.Message);
        Assert.Single(_ml.Data.CreateEnumerable<Everything>(data, false, ignoreMissingColumns: true));
        var wrong = Assert.Throws<InvalidOperationException>(() => _ml.Data.CreateEnumerable<Text>(data, false));
        Assert.Equal(
            "Can't bind the IDataView column 'Values' of type 'Vector<Single>' to field or property 'Values' of type 'System.String'.",
            wrong.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new Unsupported() }));
    }

    [Fact]
    public void A_null_row_is_refused_when_it_is_reached()
    {
        var data = _ml.Data.LoadFromEnumerable(new Vector[] { new(), null! });
        Assert.Equal(2, data.GetRowCount());
        Assert.Throws<InvalidOperationException>(() => data.GetColumn<float[]>("Values").Count());
    }

    [Fact]
    public void One_object_may_be_reused()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Text { Values = "a" }, new Text { Values = "b" } });
        Assert.Single(_ml.Data.CreateEnumerable<Text>(data, reuseRowObject: true).Distinct());
        Assert.Equal(2, _ml.Data.CreateEnumerable<Text>(data, reuseRowObject: false).Distinct().Count());
    }

    [Fact]
    public void A_preview_holds_the_first_rows()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Text { Values = $"{i}" }));
        var preview = data.Preview(maxRows: 3);
        Assert.Equal(3, preview.RowView.Length);
        Assert.Equal("2", preview.ColumnView[0].Values[2].ToString());
        Assert.Equal("Values", preview.RowView[0].Values[0].Key);
        Assert.Equal("1 columns, 3 rows", preview.ToString());
    }

    public class Everything
    {
        public float Number;
        public string? Name;

        [VectorType(3)]
        public float[]? Fixed;

        public double[]? Varying;

        [KeyType(4)]
        [ColumnName("Renamed")]
        public uint Key;

        [NoColumn]
        public int Ignored;

        public static Everything Example => new()
        {
            Number = 1.5f,
            Name = "a",
            Fixed = [1, 2, 3],
            Varying = [0.5],
            Key = 2,
            Property = true,
            Buffer = new(4, 1, [8], [1]),
            Words = ["x", "y"],
            Ignored = 5,
        };

        public bool Property { get; set; }

        [VectorType(4)]
        public VBuffer<int> Buffer { get; set; }

        public string[]? Words { get; set; }
    }

    public class Vector
    {
        public float[]? Values;
    }

    public class Text
    {
        public string? Values;
    }

    public class Unsupported
    {
        public decimal Value;
    }
}
