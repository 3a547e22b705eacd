using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>An IDataView with one column added, computed as it is read.</summary>
internal sealed class AddedColumnView(IDataView input, AddedColumn binding) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => binding.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(input.GetRowCursor(binding.InputsFor(needed), rand), binding, needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. input.GetRowCursorSet(binding.InputsFor(needed), n, rand).Select(cursor => new Cursor(cursor, binding, needed))];
    }

    private sealed class Cursor(DataViewRowCursor input, AddedColumn binding, DataViewSchema.Column[] needed) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. needed.Select(column => column.Index)];

        public override DataViewSchema Schema => binding.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => IsColumnActive(column)
            ? binding.Getter<TValue>(input, column)
            : throw new InvalidOperationException($"The column \"{column.Name}\" must be among those asked for when the cursor was made. Name it in GetRowCursor.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
