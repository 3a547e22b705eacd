using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>A row for each window: the columns of its last row, the window and the target. Read in order, by one cursor at a time; a second cursor walks ahead for the targets.</summary>
/// <param name="input">The steps in order.</param>
/// <param name="binding">The columns.</param>
/// <param name="onlyWithTarget">Whether windows without a target are left out, as in training.</param>
internal sealed class WindowedView(IDataView input, WindowBinding binding, bool onlyWithTarget) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => binding.Output;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.Select(column => column.Index).ToHashSet();
        var columns = needed.Where(index => index < binding.Input.Count).Select(index => binding.Input[index]);
        var rows = Open(needed.Contains(binding.WindowIndex) ? columns.Append(binding.Step) : columns);
        var wantsTarget = needed.Contains(binding.TargetIndex);
        var ahead = binding.Target is { } target && (onlyWithTarget || wantsTarget) ? Open(wantsTarget ? [target] : []) : null;
        return new WindowCursor(rows, ahead, binding, needed, onlyWithTarget);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private SeriesCursor Open(IEnumerable<DataViewSchema.Column> columns) =>
        new(input.GetRowCursor((binding.Group is { } group ? columns.Append(group) : columns).DistinctBy(column => column.Index)), binding.Group);
}
