namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a view in random order: each is drawn from a pool of the next few, and the source is shuffled if it can be.
/// </summary>
internal sealed class ShuffleView(IDataView source, int poolRows, bool shuffleSource, int seed) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        rand ??= new TauswortheHybrid((uint)seed);
        var input = source.GetRowCursor(needed, shuffleSource ? new TauswortheHybrid(rand) : null);
        return poolRows == 1 ? input : new Cursor(input, needed, poolRows, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : SourceCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _rand;
        private readonly ColumnBuffer[] _buffers;
        private readonly List<Action<int>> _fill = [];
        private readonly ColumnBuffer _ids = ColumnBuffer.Create(RowIdDataViewType.Instance);
        private readonly ValueGetter<DataViewRowId> _getId;

        // A ring of slots: those of the pool from _head on, one of which is given out at each step.
        private readonly int[] _ring;
        private int _head = -1;
        private int _live;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] needed, int poolRows, Random rand)
            : base(input.Schema, needed)
        {
            _input = input;
            _rand = rand;
            _ring = [.. Enumerable.Range(0, poolRows)];
            _buffers = new ColumnBuffer[input.Schema.Count];
            foreach (var column in needed.DistinctBy(c => c.Index))
            {
                _buffers[column.Index] = ColumnBuffer.Create(column.Type);
                _fill.Add(_buffers[column.Index].FillFrom(input, column));
            }
            _fill.Add(_ids.FillFrom(input.GetIdGetter()));
            _getId = (ValueGetter<DataViewRowId>)_ids.Getter(Slot);
            while (_live < poolRows && Fetch(_live))
                _live++;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            Contracts.Check(OnRow, Getters.NoRow);
            _getId(ref id);
        };

        protected override bool MoveNextCore()
        {
            // The slot given out last takes the next row of the input, at the end of the pool.
            if (_head >= 0 && !Fetch(_ring[_head]))
                _live--;
            if (_live == 0)
                return false;
            _head = (_head + 1) % _ring.Length;
            int drawn = (_head + _rand.Next(_live)) % _ring.Length;
            (_ring[_head], _ring[drawn]) = (_ring[drawn], _ring[_head]);
            return true;
        }

        protected override Delegate MakeGetter(int column) => _buffers[column].Getter(Slot);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private int Slot() => _ring[_head];

        private bool Fetch(int slot)
        {
            if (!_input.MoveNext())
                return false;
            foreach (var put in _fill)
                put(slot);
            return true;
        }
    }
}
