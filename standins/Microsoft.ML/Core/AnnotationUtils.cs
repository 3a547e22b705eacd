namespace Microsoft.ML.Data;

/// <summary>The names of the known annotations and short ways to make and read them.</summary>
internal static class AnnotationUtils
{
    public static class Kinds
    {
        public const string SlotNames = "SlotNames";
        public const string KeyValues = "KeyValues";
        public const string IsNormalized = "IsNormalized";
        public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    }

    /// <summary>Adds slot names, one for each of <paramref name="names"/>.</summary>
    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, IEnumerable<string> names)
    {
        ReadOnlyMemory<char>[] texts = [.. names.Select(n => n.AsMemory())];
        builder.Add(Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, texts.Length), VectorGetter(texts));
    }

    /// <summary>Adds key values of the given item type.</summary>
    public static void AddKeyValues<T>(this DataViewSchema.Annotations.Builder builder, PrimitiveDataViewType type, T[] values) =>
        builder.Add(Kinds.KeyValues, new VectorDataViewType(type, values.Length), VectorGetter(values));

    public static ValueGetter<VBuffer<T>> VectorGetter<T>(T[] values) =>
        (ref VBuffer<T> dst) => VBuffer<T>.Copy(values, 0, ref dst, values.Length);

    /// <summary>The annotation's type, or null when there is none.</summary>
    public static DataViewType AnnotationType(this DataViewSchema.Column column, string kind) =>
        column.Annotations.Schema.GetColumnOrNull(kind)?.Type;

    /// <summary>The slot names, or null when the column has none.</summary>
    public static string[] SlotNamesOrNull(this DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    public static bool HasSlotNames(this SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Vector
        && column.HasAnnotation(Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);

    public static bool IsNormalized(this SchemaShape.Column column) =>
        column.HasAnnotation(Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance);

    private static bool HasAnnotation(this SchemaShape.Column column, string name, SchemaShape.Column.VectorKind kind, DataViewType type) =>
        column.Annotations.TryFindColumn(name, out var found) && found.Kind == kind && !found.IsKey && found.ItemType.Equals(type);
}
