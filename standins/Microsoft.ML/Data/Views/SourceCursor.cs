namespace Microsoft.ML.Data;

/// <summary>A cursor over rows that come from no other cursor: it keeps the position and checks the use of getters.</summary>
internal abstract class SourceCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
{
    private readonly bool[] _active = schema.ActiveFlags(columnsNeeded);
    private long _position = -1;
    private bool _done;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => _position;

    public sealed override long Batch => 0;

    /// <summary>Whether the cursor stands on a row.</summary>
    protected bool OnRow => _position >= 0;

    public sealed override bool MoveNext()
    {
        if (_done)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    public sealed override bool IsColumnActive(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < _active.Length, nameof(column));
        return _active[column.Index];
    }

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active.");
        var getter = Getters.Typed<TValue>(MakeGetter(column.Index));
        return (ref TValue value) =>
        {
            Contracts.Check(OnRow, Getters.NoRow);
            getter(ref value);
        };
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        Contracts.Check(OnRow, Getters.NoRow);
        id = new((ulong)Position, 0);
    };

    /// <summary>Moves to the next row, if there is one.</summary>
    protected abstract bool MoveNextCore();

    /// <summary>A getter of the column's raw type.</summary>
    protected abstract Delegate MakeGetter(int column);

    protected override void Dispose(bool disposing)
    {
        _done = true;
        _position = -1;
    }
}
