using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Walks over rows and numbers the series that they belong to.</summary>
internal sealed class SeriesCursor : IDisposable
{
    private readonly Func<bool>? _changes;

    public SeriesCursor(DataViewRowCursor rows, DataViewSchema.Column? group)
    {
        Rows = rows;
        _changes = group is { } column ? GroupChange.Of(rows, column) : null;
    }

    public DataViewRowCursor Rows { get; }

    /// <summary>The number of the series that the row belongs to.</summary>
    public long Series { get; private set; }

    /// <summary>How many rows of this series there were, this one included.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there is a row at hand.</summary>
    public bool OnRow { get; private set; }

    public bool MoveNext()
    {
        OnRow = Rows.MoveNext();
        if (OnRow && _changes?.Invoke() == true)
        {
            Series++;
            Count = 0;
        }

        Count++;
        return OnRow;
    }

    public void Dispose() => Rows.Dispose();
}
