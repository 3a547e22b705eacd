using System.Globalization;
using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>The value of a column in the current line.</summary>
internal abstract class FieldValue
{
    private delegate bool Parser<T>(ReadOnlyMemory<char> text, out T value);

    public static FieldValue Create(TextColumn column, TextFormat format)
    {
        var item = column.Type.GetItemType();
        Func<TextColumn, TextFormat, FieldValue> create = item is KeyDataViewType ? CreateKey<uint> : CreatePlain<int>;
        return GenericMethods.Invoke<FieldValue>(create, [item.RawType], column, format);
    }

    /// <summary>Reads the value from the fields of a line; returns what to say of each bad one that became NaN or missing.</summary>
    public abstract IEnumerable<string> Parse(FieldSet fields, long line);

    public abstract Delegate Getter();

    private static FieldValue CreateKey<T>(TextColumn column, TextFormat format)
        where T : INumberBase<T>
    {
        ulong count = column.Type.GetItemType().GetKeyCount();
        return Create<T>(column, (ReadOnlyMemory<char> text, out T key) =>
        {
            bool known = ulong.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value < count;
            key = known ? T.CreateTruncating(value + 1) : T.Zero;
            return known || text.IsEmpty || (TextParsing.TryParse(text, out float number) && float.IsNaN(number));
        }, hasMissing: true, fillsEmpty: false);
    }

    private static FieldValue CreatePlain<T>(TextColumn column, TextFormat format)
    {
        bool emptyIsNaN = format.MissingRealsAsNaNs;
        bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        Parser<T> parse = TextParsing.TryParse;
        if (typeof(T) == typeof(float))
            parse = (Parser<T>)(Delegate)WithMarker(Real<float>(emptyIsNaN), format.DecimalMarker);
        if (typeof(T) == typeof(double))
            parse = (Parser<T>)(Delegate)WithMarker(Real<double>(emptyIsNaN), format.DecimalMarker);
        return Create(column, parse, hasMissing: isReal, fillsEmpty: isReal && emptyIsNaN);
    }

    // With a decimal comma a point is no part of a number.
    private static Parser<T> WithMarker<T>(Parser<T> parse, char marker)
        where T : IFloatingPointIeee754<T> => marker == '.' ? parse : (ReadOnlyMemory<char> text, out T value) =>
        {
            value = T.NaN;
            return !text.Span.Contains('.') && parse(text.ToString().Replace(marker, '.').AsMemory(), out value);
        };

    // Plain numbers are read at once; what else counts as a number or as missing is the text parser's affair.
    private static Parser<T> Real<T>(bool emptyIsNaN)
        where T : IFloatingPointIeee754<T> => (ReadOnlyMemory<char> text, out T value) =>
        {
            value = T.NaN;
            var span = text.Span;
            if (emptyIsNaN && span.IsWhiteSpace())
                return true;
            bool plain = !span.IsEmpty && (char.IsAsciiDigit(span[0]) || span[0] is '-' or '.')
                && T.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
            return plain || TextParsing.TryParse(text, out value);
        };

    private static FieldValue Create<T>(TextColumn column, Parser<T> parse, bool hasMissing, bool fillsEmpty) =>
        column.Type is VectorDataViewType
            ? new Vector<T>(column, parse, hasMissing, fillsEmpty)
            : new Scalar<T>(column, parse, hasMissing, fillsEmpty);

    private static T ParseOne<T>(
        TextColumn column, Parser<T> parse, bool hasMissing, ReadOnlyMemory<char> text, long line, string slot, List<string> bad)
    {
        if (parse(text, out T value))
            return value;
        if (!hasMissing)
        {
            string message = $"Could not parse value {text} in line {line}, column {column.Name}";
            throw Contracts.Mark(new FormatException($"Parsing failed with an exception: {message}", Contracts.Except(message)));
        }
        bad.Add($"  Bad value at line {line} in column {column.Name}{slot}");
        return value;
    }

    private sealed class Scalar<T>(TextColumn column, Parser<T> parse, bool hasMissing, bool fillsEmpty) : FieldValue
    {
        private readonly List<string> _bad = [];
        private T _value;

        public override IEnumerable<string> Parse(FieldSet fields, long line)
        {
            _bad.Clear();
            int at = fields.IndexOf(column.Segments[0].Min);
            if (at >= 0)
                _value = ParseOne(column, parse, hasMissing, fields.Items[at].Text, line, "", _bad);
            else if (fillsEmpty)
                parse(default, out _value);
            else
                _value = default;
            return _bad;
        }

        public override Delegate Getter() => (ValueGetter<T>)((ref T value) => value = _value);
    }

    private sealed class Vector<T>(TextColumn column, Parser<T> parse, bool hasMissing, bool fillsEmpty) : FieldValue
    {
        private readonly List<string> _bad = [];
        private readonly List<int> _slots = [];
        private readonly List<T> _items = [];
        private int _size;

        public override IEnumerable<string> Parse(FieldSet fields, long line)
        {
            _bad.Clear();
            _slots.Clear();
            _items.Clear();
            _size = 0;
            foreach (var (min, given) in column.Segments)
            {
                int lim = given == TextColumn.NoLimit ? Math.Max(min, fields.Size) : given;
                int at = fields.LowerBound(min);
                for (; at < fields.Items.Count && fields.Items[at].Index < lim; at++)
                {
                    int slot = _size + fields.Items[at].Index - min;
                    Put(slot, ParseOne(column, parse, hasMissing, fields.Items[at].Text, line, $" at slot {slot}", _bad));
                }
                // Fields that a short line lacks.
                for (int index = Math.Max(min, fields.Size); fillsEmpty && index < lim; index++)
                {
                    parse(default, out T empty);
                    Put(_size + index - min, empty);
                }
                _size += lim - min;
            }
            return _bad;
        }

        public override Delegate Getter() => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            // Up to half of the slots are kept sparse, as ML.NET's loader does.
            bool sparse = _items.Count < _size && _items.Count <= _size / 2;
            var editor = VBufferEditor.Create(ref value, _size, sparse ? _items.Count : _size);
            if (!sparse && _items.Count < _size)
                editor.Values.Clear();
            for (int i = 0; i < _items.Count; i++)
            {
                editor.Values[sparse ? i : _slots[i]] = _items[i];
                if (sparse)
                    editor.Indices[i] = _slots[i];
            }
            value = editor.Commit();
        });

        private void Put(int slot, T item)
        {
            _slots.Add(slot);
            _items.Add(item);
        }
    }
}
