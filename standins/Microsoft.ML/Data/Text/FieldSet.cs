using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>The fields of a line that are not empty, with their indices, and the number of all.</summary>
internal sealed class FieldSet
{
    public List<(int Index, ReadOnlyMemory<char> Text)> Items { get; } = [];

    public int Size { get; private set; }

    /// <summary>Splits a line; a format error, if any, is returned as text.</summary>
    public string Split(string line, TextFormat format)
    {
        Items.Clear();
        Size = 0;
        var scan = new Scanner(line, format);
        string error = null;
        int index = 0;
        for (bool more = true; more; index++)
        {
            more = scan.Next();
            if (scan.QuotingError)
                error = "Illegal quoting";
            if (scan.SparseIndex >= 0)
                return SplitSparse(scan, index, more, format) ?? error;
            Add(index, scan.Text, format);
        }
        Size = Math.Max(index, format.AllowSparse ? format.InputSize ?? 0 : 0);
        return error;
    }

    /// <summary>Where the field of the index is among the items, or negative.</summary>
    public int IndexOf(int index) => LowerBound(index) is var at && at < Items.Count && Items[at].Index == index ? at : -1;

    /// <summary>Where the first field is whose index is not less.</summary>
    public int LowerBound(int index)
    {
        int low = 0, high = Items.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Items[middle].Index < index)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    // The scanner stands on the first sparse field; the field before it says how many there are, unless the format does.
    private string SplitSparse(Scanner scan, int dense, bool more, TextFormat format)
    {
        int count = (format.InputSize ?? 0) - dense;
        if (format.InputSize == null)
        {
            if (Items.Count == 0 || Items[^1].Index != dense - 1
                || !int.TryParse(Items[^1].Text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count <= 0)
            {
                return "Missing dimensionality or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";
            }
            Items.RemoveAt(Items.Count - 1);
            dense--;
        }
        Size = dense + count;
        int previous = -1;
        while (true)
        {
            if (scan.SparseIndex < 0)
                return "Non-sparse formatted value follows sparse formatted value";
            if (scan.SparseIndex >= count)
                return "Sparse item index larger than expected. Is the specified size incorrect?";
            if (scan.SparseIndex <= previous)
                return "Sparse indices out of order";
            previous = scan.SparseIndex;
            Add(dense + previous, scan.Text, format);
            if (!more)
                return null;
            more = scan.Next();
        }
    }

    private void Add(int index, ReadOnlyMemory<char> text, TextFormat format)
    {
        if (!text.IsEmpty || format.MissingRealsAsNaNs)
            Items.Add((index, text));
    }

    private sealed class Scanner(string line, TextFormat format)
    {
        private readonly bool _spaceSeparates = format.Separators.Contains(' ');
        private int _at;

        public ReadOnlyMemory<char> Text { get; private set; }

        /// <summary>The index that a sparse field gives itself, else -1.</summary>
        public int SparseIndex { get; private set; }

        public bool QuotingError { get; private set; }

        /// <summary>Takes the next field; false when it was the last.</summary>
        public bool Next()
        {
            Text = default;
            SparseIndex = -1;
            QuotingError = false;
            SkipSpaces();
            if (format.AllowSparse)
                TakeSparseIndex();
            if (format.AllowQuoting && _at < line.Length && line[_at] == '"')
            {
                TakeQuoted();
            }
            else
            {
                int end = line.AsSpan(_at).IndexOfAny(format.Separators);
                int length = end < 0 ? line.Length - _at : end;
                Text = line.AsMemory(_at, length);
                _at += length;
            }
            return _at++ < line.Length;
        }

        private void SkipSpaces()
        {
            while (!_spaceSeparates && _at < line.Length && line[_at] == ' ')
                _at++;
        }

        private void TakeSparseIndex()
        {
            int end = _at;
            while (end < line.Length && end - _at < 9 && char.IsAsciiDigit(line[end]))
                end++;
            if (end == _at || end >= line.Length || line[end] != ':')
                return;
            SparseIndex = int.Parse(line.AsSpan(_at, end - _at), CultureInfo.InvariantCulture);
            _at = end + 1;
            SkipSpaces();
        }

        // A doubled quote stands for one; after the closing quote only spaces may come before the separator.
        private void TakeQuoted()
        {
            var text = new StringBuilder();
            bool closed = false;
            for (_at++; _at < line.Length && !closed; _at++)
            {
                bool quote = line[_at] == '"', doubled = quote && _at + 1 < line.Length && line[_at + 1] == '"';
                closed = quote && !doubled;
                if (!closed)
                    text.Append(line[_at]);
                if (doubled)
                    _at++;
            }
            QuotingError = !closed;
            for (; _at < line.Length && !format.Separators.Contains(line[_at]); _at++)
                QuotingError |= line[_at] != ' ';
            Text = QuotingError ? default : text.ToString().AsMemory();
        }
    }
}
