namespace Microsoft.ML;

/// <summary>A lazily computed table: a schema and cursors over its rows.</summary>
public interface IDataView
{
    /// <summary>Whether a cursor given a random generator really shuffles.</summary>
    bool CanShuffle { get; }

    /// <summary>The columns.</summary>
    DataViewSchema Schema { get; }

    /// <summary>The number of rows when it is known without a pass, else null.</summary>
    long? GetRowCount();

    /// <summary>Opens a cursor in which at least the given columns are active.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    /// <summary>Opens up to <paramref name="n"/> cursors that share the rows between them.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
}

/// <summary>Writes the current value of a column into <paramref name="value"/>, reusing its buffers.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
