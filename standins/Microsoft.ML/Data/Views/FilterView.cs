namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a view that pass a test. <paramref name="reads"/> are the columns the test reads; <paramref name="makeTest"/> makes the test
/// of a cursor's current row.
/// </summary>
internal sealed class FilterView(
    IDataView source, DataViewSchema.Column[] reads, Func<DataViewRow, Func<bool>> makeTest, bool canShuffle = true) : IDataView
{
    public bool CanShuffle => canShuffle && source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Filtered(source.GetRowCursor(WithReads(needed), CanShuffle ? rand : null), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        // A test that forbids shuffling counts rows, so it must see all of them.
        if (!canShuffle)
            return [GetRowCursor(columnsNeeded, rand)];
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(WithReads(needed), n, CanShuffle ? rand : null).Select(input => Filtered(input, needed))];
    }

    private IEnumerable<DataViewSchema.Column> WithReads(DataViewSchema.Column[] needed) => needed.Concat(reads).DistinctBy(c => c.Index);

    private FilterCursor Filtered(DataViewRowCursor input, DataViewSchema.Column[] needed)
    {
        var test = makeTest(input);
        return new(input, needed, () =>
        {
            while (input.MoveNext())
            {
                if (test())
                    return true;
            }
            return false;
        });
    }
}

/// <summary>Some of the rows of another cursor: <paramref name="moveInput"/> moves it to the next of them.</summary>
internal sealed class FilterCursor(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columnsNeeded, Func<bool> moveInput)
    : DataViewRowCursor
{
    private readonly bool[] _active = input.Schema.ActiveFlags(columnsNeeded);
    private long _position = -1;
    private bool _done;

    public override DataViewSchema Schema => input.Schema;

    public override long Position => _position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < _active.Length, nameof(column));
        return _active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column is not active.");
        return input.GetGetter<TValue>(column);
    }

    public override bool MoveNext()
    {
        if (!_done && moveInput())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        _done = true;
        _position = -1;
        if (disposing)
            input.Dispose();
    }
}
