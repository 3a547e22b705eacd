namespace Microsoft.ML.Data;

/// <summary>Keeps each column in memory from the first time it is asked for.</summary>
internal sealed class CacheView : IDataView
{
    private readonly IDataView _source;
    private readonly object _lock = new();
    private readonly Array[] _columns;
    private DataViewRowId[] _ids;

    public CacheView(IDataView source, params string[] prefetch)
    {
        _source = source;
        _columns = new Array[source.Schema.Count];
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

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private void Fill(DataViewSchema.Column[] needed)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. needed.Where(c => _columns[c.Index] == null)];
            if (missing.Length == 0 && _ids != null)
                return;
            using var cursor = _source.GetRowCursor(missing);
            Collector[] collectors = [.. missing.Select(c => GenericMethods.Invoke<Collector>(MakeCollector<int>, [c.Type.RawType], cursor, c))];
            var idGetter = cursor.GetIdGetter();
            var ids = new List<DataViewRowId>();
            while (cursor.MoveNext())
            {
                DataViewRowId id = default;
                idGetter(ref id);
                ids.Add(id);
                foreach (var collector in collectors)
                    collector.Take();
            }
            for (int i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = collectors[i].ToArray();
            _ids ??= [.. ids];
        }
    }

    private static Collector MakeCollector<T>(DataViewRowCursor cursor, DataViewSchema.Column column) => new Collector<T>(cursor.GetGetter<T>(column));

    private abstract class Collector
    {
        public abstract void Take();

        public abstract Array ToArray();
    }

    private sealed class Collector<T>(ValueGetter<T> getter) : Collector
    {
        private readonly List<T> _values = [];

        public override void Take()
        {
            // A fresh value each time, for its buffers are kept.
            T value = default;
            getter(ref value);
            _values.Add(value);
        }

        public override Array ToArray() => _values.ToArray();
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

        protected override Delegate MakeGetter(int column)
        {
            var type = Schema[column].Type;
            return type is VectorDataViewType vector
                ? GenericMethods.Invoke<Delegate>(VectorGetter<int>, [vector.ItemType.RawType], view._columns[column])
                : GenericMethods.Invoke<Delegate>(Getter<int>, [type.RawType], view._columns[column]);
        }

        private static int[] Shuffled(int count, Random rand)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            for (int i = count; i > 1; i--)
            {
                int j = rand.Next(i);
                (order[i - 1], order[j]) = (order[j], order[i - 1]);
            }
            return order;
        }

        private Delegate Getter<T>(Array values)
        {
            var typed = (T[])values;
            return (ValueGetter<T>)((ref T value) => value = typed[Row]);
        }

        private Delegate VectorGetter<T>(Array values)
        {
            var typed = (VBuffer<T>[])values;
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => typed[Row].CopyTo(ref value));
        }
    }
}
