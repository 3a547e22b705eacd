using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class SchemaTests
{
    [Fact]
    public void Types_compare_by_what_they_hold()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(uint), 3UL));
        Assert.NotEqual<DataViewType>(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(ulong), 3));
        var matrix = new VectorDataViewType(NumberDataViewType.Single, 2, 3);
        Assert.Equal(matrix, new VectorDataViewType(NumberDataViewType.Single, ImmutableArray.Create(2, 3)));
        Assert.NotEqual<DataViewType>(matrix, new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.NotEqual<DataViewType>(NumberDataViewType.Single, NumberDataViewType.Double);
        Assert.Same(TextDataViewType.Instance, TextDataViewType.Instance);
    }

    [Fact]
    public void Types_print_as_in_messages()
    {
        Assert.Equal("Single", NumberDataViewType.Single.ToString());
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("Key<UInt32, 0-9>", new KeyDataViewType(typeof(uint), 10).ToString());
        Assert.Equal("Vector<Single, 4>", new VectorDataViewType(NumberDataViewType.Single, 4).ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
        Assert.Equal(typeof(VBuffer<float>), new VectorDataViewType(NumberDataViewType.Single, 4).RawType);
        Assert.False(new VectorDataViewType(NumberDataViewType.Single, 2, 0).IsKnownSize);
    }

    [Fact]
    public void Keys_need_an_unsigned_type_and_a_count()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.True(KeyDataViewType.IsValidDataType(typeof(ushort)));
    }

    [Fact]
    public void A_later_column_hides_an_earlier_one_of_its_name()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", TextDataViewType.Instance);
        builder.AddColumn("A", NumberDataViewType.Double);
        var schema = builder.ToSchema();
        Assert.Equal([true, false, false], schema.Select(c => c.IsHidden));
        Assert.Equal(2, schema["A"].Index);
        Assert.Null(schema.GetColumnOrNull("C"));
        Assert.Equal("3 columns", schema.ToString());
        Assert.Equal("B: String", schema["B"].ToString());
        Assert.StartsWith("Column 'C' not found", Assert.Throws<ArgumentOutOfRangeException>(() => schema["C"]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[3]);
    }

    [Fact]
    public void Annotations_carry_values()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> dst) => dst = new(2, ["x".AsMemory(), "y".AsMemory()]));
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var copied = new DataViewSchema.Annotations.Builder();
        copied.Add(annotations.ToAnnotations(), name => name == "SlotNames");
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("F", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        builder.AddColumn("G", new VectorDataViewType(NumberDataViewType.Single, 2), copied.ToAnnotations());
        builder.AddColumn("H", new VectorDataViewType(NumberDataViewType.Single, 3), annotations.ToAnnotations());
        var schema = builder.ToSchema();

        Assert.True(schema["F"].HasSlotNames() && schema["F"].IsNormalized());
        Assert.True(schema["G"].HasSlotNames() && !schema["G"].IsNormalized());
        Assert.False(schema["H"].HasSlotNames(), "names of two slots fit no vector of three");
        Assert.Equal("F: Vector<Single, 2> {SlotNames, IsNormalized}", schema["F"].ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["G"].GetSlotNames(ref names);
        Assert.Equal(["x", "y"], names.DenseValues().Select(n => n.ToString()));
        Assert.Throws<InvalidOperationException>(() => schema["F"].Annotations.GetValue("None", ref names));
        Assert.Throws<ArgumentException>(() => annotations.Add("Bad", NumberDataViewType.Single, (ref double dst) => dst = 1));
    }

    [Fact]
    public void Key_values_are_found_by_their_type()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "KeyValues", new VectorDataViewType(NumberDataViewType.Single, 2), (ref VBuffer<float> dst) => dst = new(2, [3f, 5f]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("K", new KeyDataViewType(typeof(uint), 2), annotations.ToAnnotations());
        var column = builder.ToSchema()["K"];
        Assert.True(column.HasKeyValues(NumberDataViewType.Single));
        Assert.False(column.HasKeyValues(), "text is asked for unless told");
        VBuffer<float> values = default;
        column.GetKeyValues(ref values);
        Assert.Equal([3f, 5f], values.DenseValues());
    }
}
