using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>An IDataView with the score columns added, computed as it is read.</summary>
internal sealed class ScoredDataView(IDataView input, ScoreBinding binding) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => binding.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        List<DataViewSchema.Column> needed = [.. columnsNeeded];
        return new ScoreCursor(input.GetRowCursor(binding.InputsFor(needed), rand), binding, needed);
    }

    // One cursor: how rows fall into several depends on timing, and the last bit of a score on the rows it shares a pass with.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
