using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A choice of the columns of a schema.</summary>
internal sealed class SelectedColumns : IRowToRowMapper
{
    private readonly DataViewSchema.Column[] _columns;

    public SelectedColumns(DataViewSchema inputSchema, DataViewSchema.Column[] columns)
    {
        InputSchema = inputSchema;
        _columns = columns;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        [.. dependingColumns.Select(Source)];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        return new SelectedRow(input, this);
    }

    /// <summary>The input column that an output column is.</summary>
    public DataViewSchema.Column Source(DataViewSchema.Column column) => _columns[column.Index];
}

/// <summary>A data view of some columns of another.</summary>
internal sealed class SelectedDataView(IDataView source, SelectedColumns columns) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new SelectedRow(source.GetRowCursor(columns.GetDependencies(columnsNeeded), rand), columns);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [.. source.GetRowCursorSet(columns.GetDependencies(columnsNeeded), n, rand).Select(cursor => new SelectedRow(cursor, columns))];
}

/// <summary>A row, or a cursor over rows, of some columns of another.</summary>
internal sealed class SelectedRow(DataViewRow input, SelectedColumns columns) : DataViewRowCursor
{
    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => columns.OutputSchema;

    public override bool MoveNext() => input is DataViewRowCursor cursor && cursor.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(columns.Source(column));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(columns.Source(column));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
    }
}
