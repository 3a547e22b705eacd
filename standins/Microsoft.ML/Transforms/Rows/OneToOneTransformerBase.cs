namespace Microsoft.ML.Data;

/// <summary>A transformer whose every added column is made from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IEnumerable<(string Output, string Input)> columns)
    {
        ColumnPairs = [.. columns];
        var names = new HashSet<string>();
        foreach (var (output, input) in ColumnPairs)
        {
            Contracts.CheckNonEmpty(input, nameof(columns));
            Contracts.CheckNonEmpty(output, nameof(columns));
            Contracts.CheckParam(names.Add(output), nameof(columns), $"Name of the result column '{output}' specified multiple times");
        }
    }

    private protected OneToOneTransformerBase(BinaryReader reader)
        : this(reader.ReadArray(r => (r.ReadString(), r.ReadString())))
    {
    }

    internal (string Output, string Input)[] ColumnPairs { get; }

    private protected void SaveColumns(BinaryWriter writer) => writer.WriteArray(ColumnPairs, (w, pair) =>
    {
        w.Write(pair.Output);
        w.Write(pair.Input);
    });

    private protected sealed override RowMapping MakeMapping(DataViewSchema inputSchema) =>
        new ColumnwiseMapping(inputSchema, [.. ColumnPairs.Select((pair, i) =>
        {
            var source = inputSchema.GetColumnOrNull(pair.Input)
                ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.Input);
            var (type, annotations, makeGetter) = MapColumn(i, source);
            return new MappedColumn(new(pair.Output, type, annotations), [source.Index], makeGetter);
        })]);

    /// <summary>The type, the annotations and the maker of getters of the i-th added column.</summary>
    private protected abstract (DataViewType Type, DataViewSchema.Annotations Annotations, Func<DataViewRow, Delegate> MakeGetter)
        MapColumn(int index, DataViewSchema.Column source);
}
