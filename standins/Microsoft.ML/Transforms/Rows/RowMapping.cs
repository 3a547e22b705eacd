namespace Microsoft.ML.Data;

/// <summary>The columns that a transformer adds to the rows of one input schema.</summary>
internal abstract class RowMapping(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
{
    public DataViewSchema Input { get; } = input;

    public DataViewSchema.DetachedColumn[] Added { get; } = added;

    /// <summary>The input columns that an added column is made from.</summary>
    public abstract IEnumerable<int> Sources(int index);

    /// <summary>Getters over a row of the input, null where an added column is not active.</summary>
    public abstract Delegate[] MakeGetters(DataViewRow row, bool[] active);
}

/// <summary>An added column, the input columns it is made from, and how.</summary>
internal sealed record MappedColumn(DataViewSchema.DetachedColumn Column, int[] Sources, Func<DataViewRow, Delegate> MakeGetter);

/// <summary>Added columns that are made independently of each other.</summary>
internal sealed class ColumnwiseMapping(DataViewSchema input, MappedColumn[] columns)
    : RowMapping(input, [.. columns.Select(c => c.Column)])
{
    public override IEnumerable<int> Sources(int index) => columns[index].Sources;

    public override Delegate[] MakeGetters(DataViewRow row, bool[] active) =>
        [.. columns.Select((column, i) => active[i] ? column.MakeGetter(row) : null)];
}
