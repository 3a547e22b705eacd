namespace Microsoft.ML.Data;

/// <summary>Keeps each column in memory from the first time it is asked for.</summary>
internal sealed class CacheView : IDataView
{
    private readonly IDataView _source;
    private readonly object _lock = new();
    private readonly ColumnBuffer[] _columns;
    private DataViewRowId[] _ids;

    public CacheView(IDataView source, params string[] prefetch)
    {
        _source = source;
        _columns = new ColumnBuffer[source.Schema.Count];
        if (prefetch.Length > 0)
            Fill([.. prefetch.Select(name => source.Schema[name])]);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _ids?.Length ?? _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        Fill(needed);
        return new Cursor(this, needed, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private void Fill(DataViewSchema.Column[] needed)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. needed.Where(c => _columns[c.Index] == null)];
            if (missing.Length == 0 && _ids != null)
                return;
            using var cursor = _source.GetRowCursor(missing);
            ColumnBuffer[] buffers = [.. missing.Select(c => ColumnBuffer.Create(c.Type))];
            Action<int>[] fill = [.. missing.Select((c, i) => buffers[i].FillFrom(cursor, c))];
            var getId = cursor.GetIdGetter();
            var ids = new List<DataViewRowId>();
            while (cursor.MoveNext())
            {
                foreach (var put in fill)
                    put(ids.Count);
                DataViewRowId id = default;
                getId(ref id);
                ids.Add(id);
            }
            for (int i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = buffers[i];
            _ids ??= [.. ids];
        }
    }

    private sealed class Cursor(CacheView view, DataViewSchema.Column[] needed, Random rand) : SourceCursor(view.Schema, needed)
    {
        private readonly int[] _order = rand == null ? null : Shuffled(view._ids.Length, rand);
        private long _next;

        private int Row => _order == null ? (int)Position : _order[Position];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            Contracts.Check(OnRow, Getters.NoRow);
            id = view._ids[Row];
        };

        protected override bool MoveNextCore() => _next++ < view._ids.Length;

        protected override Delegate MakeGetter(int column) => view._columns[column].Getter(() => Row);

        private static int[] Shuffled(int count, Random rand)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            for (int i = 0; i < count; i++)
            {
                int j = i + rand.Next(count - i);
                (order[i], order[j]) = (order[j], order[i]);
            }
            return order;
        }
    }
}
