namespace Microsoft.ML.Data;

/// <summary>A mapping bound to its input: the joined schema and rows over it.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly RowMapping _mapping;

    // Of each output column: the input column it is, or the complement of the added column it is.
    private readonly int[] _map;

    public RowMapper(RowMapping mapping)
    {
        _mapping = mapping;
        var map = Enumerable.Range(0, mapping.Input.Count).ToList();
        for (int i = 0; i < mapping.Added.Length; i++)
        {
            // A column that hides another goes right after it, a new one to the end.
            int hidden = map.FindLastIndex(m => NameOf(m) == mapping.Added[i].Name);
            map.Insert(hidden < 0 ? map.Count : hidden + 1, ~i);
        }
        _map = [.. map];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(_map.Select(m => m >= 0 ? new(mapping.Input[m]) : mapping.Added[~m]));
        OutputSchema = builder.ToSchema();

        string NameOf(int m) => m >= 0 ? mapping.Input[m].Name : mapping.Added[~m].Name;
    }

    public DataViewSchema InputSchema => _mapping.Input;

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.SelectMany(c => Sources(_map[c.Index])).ToHashSet();
        return [.. InputSchema.Where(c => needed.Contains(c.Index))];

        IEnumerable<int> Sources(int column) => column >= 0 ? [column] : _mapping.Sources(~column);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(this, input, activeColumns);
    }

    /// <summary>The input column that an output column is, or the complement of the added one.</summary>
    public int Map(int column) => _map[column];

    /// <summary>Getters of the added columns, null where not active.</summary>
    public Delegate[] MakeGetters(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        bool[] active = new bool[_mapping.Added.Length];
        foreach (var column in activeColumns)
        {
            if (_map[column.Index] < 0)
                active[~_map[column.Index]] = true;
        }
        return _mapping.MakeGetters(input, active);
    }
}
