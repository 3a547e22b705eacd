namespace Microsoft.ML.Data;

/// <summary>The rows of a view without the first few, or only so many.</summary>
internal sealed class SkipTakeView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount() is long count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        var input = source.GetRowCursor(needed);
        long toSkip = skip, left = take;
        return new FilterCursor(input, needed, () =>
        {
            for (; toSkip > 0; toSkip--)
            {
                if (!input.MoveNext())
                    return false;
            }
            return left-- > 0 && input.MoveNext();
        });
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded)];
}
