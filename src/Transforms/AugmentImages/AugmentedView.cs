using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Each row of the input followed by its altered copies; all other columns of a copy are its original's.</summary>
internal sealed class AugmentedView(IDataView input, AugmentImagesModel model) : IDataView
{
    private readonly int _column = model.Find(input.Schema).Index;

    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => input.Schema;

    public long? GetRowCount() => input.GetRowCount() * (1 + model.Options.Copies);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(input.GetRowCursor(columnsNeeded, rand), model, _column);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. input.GetRowCursorSet(columnsNeeded, n, rand).Select(cursor => new Cursor(cursor, model, _column))];

    private sealed class Cursor(DataViewRowCursor input, AugmentImagesModel model, int augmented) : DataViewRowCursor
    {
        private readonly int _copies = model.Options.Copies;
        private int _copy;
        private bool _onRow;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => !_onRow ? -1 : (input.Position * (1 + _copies)) + _copy;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            if (_onRow && _copy < _copies)
            {
                _copy++;
                return true;
            }

            _copy = 0;
            return _onRow = input.MoveNext();
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var original = input.GetGetter<TValue>(column);
            return column.Index == augmented && original is ValueGetter<VBuffer<float>> image ? (ValueGetter<TValue>)(Delegate)Augmented(image) : original;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter()
        {
            var original = input.GetIdGetter();
            return (ref DataViewRowId id) =>
            {
                original(ref id);
                id = _copy == 0 ? id : id.Combine(new((ulong)_copy, 0));
            };
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }

        private ValueGetter<VBuffer<float>> Augmented(ValueGetter<VBuffer<float>> original)
        {
            var identity = input.GetIdGetter();
            var augmenter = new ImageAugmenter(model.Size, model.Options);
            var image = new float[model.Size.Count];
            VBuffer<float> buffer = default;
            return (ref VBuffer<float> value) =>
            {
                if (_copy == 0)
                {
                    original(ref value);
                    return;
                }

                original(ref buffer);
                buffer.CopyTo(image);
                DataViewRowId id = default;
                identity(ref id);
                var editor = VBufferEditor.Create(ref value, image.Length);
                augmenter.Apply(image, editor.Values, new(model.Seed, id, _copy));
                value = editor.Commit();
            };
        }
    }
}
