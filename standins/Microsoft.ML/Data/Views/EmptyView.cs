namespace Microsoft.ML.Data;

/// <summary>A data view without rows.</summary>
internal sealed class EmptyView(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(schema, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [new Cursor(schema, columnsNeeded)];

    private sealed class Cursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
        : SourceCursor(schema, columnsNeeded)
    {
        protected override bool MoveNextCore() => false;

        protected override Delegate MakeGetter(int column) => GenericMethods.Invoke<Delegate>(Getter<int>, [Schema[column].Type.RawType]);

        private static Delegate Getter<T>() => (ValueGetter<T>)((ref T _) => { });
    }
}
