namespace Microsoft.ML.Data;

/// <summary>A schema shape being changed by an estimator.</summary>
internal sealed class ShapeChange
{
    private readonly SchemaShape _input;
    private readonly Dictionary<string, SchemaShape.Column> _columns;

    public ShapeChange(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        _input = inputSchema;
        _columns = inputSchema.ToDictionary(c => c.Name);
    }

    /// <summary>The input column, which must be there.</summary>
    public SchemaShape.Column Find(string name) =>
        _input.TryFindColumn(name, out var column) ? column : throw Contracts.ExceptSchemaMismatch("inputSchema", "input", name);

    /// <summary>Adds a column, or replaces the one of its name.</summary>
    public void Set(SchemaShape.Column column) => _columns[column.Name] = column;

    public SchemaShape ToShape() => new(_columns.Values);

    /// <summary>The shape of slot names.</summary>
    public static SchemaShape.Column SlotNames { get; } =
        new(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);

    /// <summary>The shape of the mark of normalised columns.</summary>
    public static SchemaShape.Column IsNormalized { get; } =
        new(AnnotationUtils.Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);

    /// <summary>The shape of the ranges of slots that came from one categorical value.</summary>
    public static SchemaShape.Column CategoricalSlotRanges { get; } =
        new(AnnotationUtils.Kinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, false);
}
