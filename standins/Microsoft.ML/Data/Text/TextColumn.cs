namespace Microsoft.ML.Data;

/// <summary>
/// A column of text files: its type and the ranges of fields it is made of, a range to the end of the line having no limit.
/// </summary>
internal sealed record TextColumn(string Name, DataViewType Type, (int Min, int Lim)[] Segments)
{
    public const int NoLimit = int.MaxValue;

    public static bool NeedsInputSize(TextLoader.Column[] columns) =>
        columns.Any(c => c.Source?.Any(r => r.AutoEnd && r.Max == null) == true);

    public static TextColumn Bind(TextLoader.Column column, int inputSize)
    {
        Contracts.CheckParam(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "Name cannot be null or white space");
        string name = column.Name.Trim();
        Contracts.CheckParam(column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
        Contracts.CheckParam(Enum.IsDefined(column.DataKind), "Type", "Bad item type");
        PrimitiveDataViewType item = column.DataKind.PrimitiveType();
        if (column.KeyCount != null)
        {
            Contracts.CheckParam(KeyDataViewType.IsValidDataType(item.RawType), "Type", "Bad item type for Key");
            item = column.KeyCount.KeyType(item.RawType);
        }
        (int Min, int Lim)[] segments = [.. column.Source.Select(range => Segment(range, inputSize))];
        (int Min, int Lim)[] ordered = [.. segments.OrderBy(s => s.Min)];
        for (int i = 1; i < ordered.Length; i++)
            Contracts.CheckParam(ordered[i - 1].Lim <= ordered[i].Min, nameof(column.Source),
                $"Intervals specified for column '{name}' overlap");

        DataViewType type = item;
        if (segments.Any(s => s.Lim == NoLimit))
            type = new VectorDataViewType(item);
        else if (segments.Sum(s => s.Lim - s.Min) is var size && (size > 1 || column.Source[0].ForceVector || column.Source[0].AutoEnd))
            type = new VectorDataViewType(item, size);
        return new(name, type, segments);
    }

    /// <summary>The slot names that a header gives the column.</summary>
    public DataViewSchema.Annotations Annotations(string[] header)
    {
        if (header == null || Type is not VectorDataViewType { IsKnownSize: true })
            return null;
        var fields = Segments.SelectMany(s => Enumerable.Range(s.Min, s.Lim - s.Min));
        string[] names = [.. fields.Select(i => i < header.Length ? header[i] : "")];
        if (names.All(n => n.Length == 0))
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(names);
        return builder.ToAnnotations();
    }

    private static (int Min, int Lim) Segment(TextLoader.Range range, int inputSize)
    {
        Contracts.CheckParam(range.Min >= 0, nameof(range.Min));
        Contracts.CheckParam(range.Max is null || range.Max >= range.Min, nameof(range.Max));
        if (range.Max is int max)
            return (range.Min, max + 1);
        if (!range.AutoEnd)
            return (range.Min, range.VariableEnd ? NoLimit : range.Min + 1);
        Contracts.CheckParam(range.Min < inputSize, nameof(range.Min),
            $"Column #{range.Min} not found in the dataset (it only has {inputSize} columns)");
        return (range.Min, inputSize);
    }
}
