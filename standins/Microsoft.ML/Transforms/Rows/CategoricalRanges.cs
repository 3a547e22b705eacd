namespace Microsoft.ML.Data;

/// <summary>The annotation that tells which slots came from one categorical value: pairs of first and last slot.</summary>
internal static class CategoricalRanges
{
    /// <summary>Marks <paramref name="values"/> consecutive blocks of <paramref name="size"/> slots.</summary>
    public static void Add(DataViewSchema.Annotations.Builder annotations, int values, int size) =>
        Add(annotations, [.. Enumerable.Range(0, values).SelectMany(i => new[] { i * size, (i + 1) * size - 1 })]);

    /// <summary>Joins the ranges of columns that are concatenated; adds nothing when none has any.</summary>
    public static void AddJoined(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column[] sources)
    {
        var ranges = new List<int>();
        int offset = 0;
        foreach (var source in sources)
        {
            ranges.AddRange(Of(source).Select(slot => slot + offset));
            offset += source.Type.GetValueCount();
        }
        if (ranges.Count > 0)
            Add(annotations, [.. ranges]);
    }

    private static void Add(DataViewSchema.Annotations.Builder annotations, int[] ranges) => annotations.Add(
        AnnotationUtils.Kinds.CategoricalSlotRanges,
        new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
        AnnotationUtils.VectorGetter(ranges));

    private static IEnumerable<int> Of(DataViewSchema.Column column)
    {
        if (column.AnnotationType(AnnotationUtils.Kinds.CategoricalSlotRanges)?.RawType != typeof(VBuffer<int>))
            return [];
        VBuffer<int> ranges = default;
        column.Annotations.GetValue(AnnotationUtils.Kinds.CategoricalSlotRanges, ref ranges);
        return ranges.DenseValues();
    }
}
