namespace Microsoft.ML.Data;

/// <summary>A data view over a sequence of objects, enumerated anew for each cursor.</summary>
internal sealed class EnumerableView<TRow>(IEnumerable<TRow> rows, MemberColumn[] columns) : IDataView
    where TRow : class
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = MemberColumn.SchemaOf(columns);

    public long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(Schema, columnsNeeded, rows.GetEnumerator(), new(columns));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(
        DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded, IEnumerator<TRow> rows, ObjectGetters<TRow> getters)
        : SourceCursor(schema, columnsNeeded)
    {
        protected override bool MoveNextCore()
        {
            if (!rows.MoveNext())
                return false;
            getters.Current = rows.Current ?? throw Contracts.Except("Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override Delegate MakeGetter(int column) => getters.Make(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
