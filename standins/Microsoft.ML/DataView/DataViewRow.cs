using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One row of a data view.</summary>
public abstract class DataViewRow : IDisposable
{
    /// <summary>The row's index in its cursor, -1 before the first and after the last.</summary>
    public abstract long Position { get; }

    /// <summary>The batch of the row: rows of a set of cursors are merged in the order of their batches.</summary>
    public abstract long Batch { get; }

    /// <summary>The columns of the row.</summary>
    public abstract DataViewSchema Schema { get; }

    /// <summary>A getter of the row's identity, the same in every pass.</summary>
    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    /// <summary>Whether the column's values may be fetched.</summary>
    public abstract bool IsColumnActive(DataViewSchema.Column column);

    /// <summary>A getter of the column's values, typed as the column's raw type.</summary>
    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    /// <summary>Releases what the row holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the row holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A forward cursor over the rows of a data view.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    public abstract bool MoveNext();
}
