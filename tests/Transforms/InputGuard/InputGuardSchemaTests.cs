using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.InputGuard;

/// <summary>What is announced before fitting is what comes afterwards.</summary>
public sealed class InputGuardSchemaTests
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData("Features", true, "IsNormalized, SlotNames")]
    [InlineData("Features", false, "SlotNames")]
    [InlineData("Number", true, "IsNormalized")]
    [InlineData("Number", false, "")]
    public void Shape_and_schema_agree(string column, bool standardise, string annotations)
    {
        var data = Table.View(_ml, [1, 2], [3, 4]);
        var probe = new ShapeProbe();
        var model = _ml.Transforms.InputGuard("Out", column, new() { Standardise = standardise }).Append(probe).Fit(data);
        var shape = probe.Shape!.Single(found => found.Name == "Out");
        var schema = model.GetOutputSchema(data.Schema)["Out"];
        var vector = column == "Features";
        Assert.Equal(vector ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.Scalar, shape.Kind);
        Assert.Equal(NumberDataViewType.Single, shape.ItemType);
        Assert.False(shape.IsKey);
        Assert.Equal(vector ? "Vector<Single, 2>" : "Single", schema.Type.ToString());
        Assert.Equal(annotations, string.Join(", ", shape.Annotations.Select(annotation => annotation.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(annotations, string.Join(", ", schema.Annotations.Schema.Select(annotation => annotation.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(standardise, schema.IsNormalized());
        Assert.Equal(3, probe.Shape!.Count);
    }

    [Fact]
    public void Slot_names_are_kept()
    {
        var data = Table.View(_ml, [1, 2], [3, 4]);
        VBuffer<ReadOnlyMemory<char>> names = default;
        _ml.Transforms.InputGuard("Features").Fit(data).Transform(data).Schema["Features"].GetSlotNames(ref names);
        Assert.Equal(["s0", "s1"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void An_unfit_shape_is_refused_before_anything_is_read()
    {
        var chain = _ml.Transforms.CopyColumns("Same", "Number").Append(_ml.Transforms.InputGuard("Nowhere"));
        Assert.Contains("must have a column \"Nowhere\"", Assert.Throws<ArgumentException>(() => chain.Fit(Table.View(_ml, [1]))).Message, StringComparison.Ordinal);
        var keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Number").Append(_ml.Transforms.InputGuard("Key"));
        Assert.Contains("must be Single or a vector of Single", Assert.Throws<ArgumentException>(() => keys.Fit(Table.View(_ml, [1]))).Message, StringComparison.Ordinal);
    }

    /// <summary>Stands behind the guard and sees the shape that the chain announces.</summary>
    private sealed class ShapeProbe : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Same", "Out").Fit(input);
    }
}
