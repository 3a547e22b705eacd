using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of text files.</summary>
internal sealed class TextView(IHost host, TextFormat format, TextColumn[] columns, DataViewSchema schema, IMultiStreamSource source)
    : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(host, format, columns, schema, needed, format.Rows(source).GetEnumerator());
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : SourceCursor
    {
        private const int MostMessages = 10;

        private readonly IChannel _channel;
        private readonly TextFormat _format;
        private readonly IEnumerator<(long Number, string Text)> _rows;
        private readonly FieldValue[] _values;
        private readonly FieldValue[] _active;
        private readonly FieldSet _fields = new();
        private long _rowCount;
        private long _badCount;
        private long _formatErrors;

        public Cursor(
            IHost host, TextFormat format, TextColumn[] columns, DataViewSchema schema, DataViewSchema.Column[] needed,
            IEnumerator<(long Number, string Text)> rows)
            : base(schema, needed)
        {
            _channel = host.Start("ParseStats");
            _format = format;
            _rows = rows;
            _values = new FieldValue[columns.Length];
            foreach (var column in needed)
                _values[column.Index] ??= FieldValue.Create(columns[column.Index], format);
            _active = [.. _values.Where(v => v != null)];
        }

        protected override bool MoveNextCore()
        {
            if (!_rows.MoveNext())
                return false;
            var (number, line) = _rows.Current;
            if (_fields.Split(line, _format) is { } error && ++_formatErrors <= MostMessages)
                _channel.Warning(MessageSensitivity.Unknown, "Format error at line {0}: {1}", number, error);
            foreach (var value in _active)
            {
                foreach (string bad in value.Parse(_fields, number))
                {
                    if (++_badCount <= MostMessages)
                        _channel.Info(MessageSensitivity.Schema, bad);
                }
            }
            _rowCount++;
            return true;
        }

        protected override Delegate MakeGetter(int column) => _values[column].Getter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (_badCount > 0 || _formatErrors > 0)
                    _channel.Info(MessageSensitivity.Unknown,
                        "Processed {0} rows with {1} bad values and {2} format errors", _rowCount, _badCount, _formatErrors);
                (_badCount, _formatErrors) = (0, 0);
                _rows.Dispose();
                _channel.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
