using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>Writes scored rows as CSV: kept columns, then PredictedLabel, Probability and Score, as far as the model has them.</summary>
internal sealed class PredictionWriter
{
    private static readonly string[] Outputs = ["PredictedLabel", "Probability", "Score"];

    private readonly IDataView _rows;
    private readonly ModelNote? _note;
    private readonly List<(string Head, DataViewSchema.Column Column)> _columns;

    /// <param name="rows">The scored rows.</param>
    /// <param name="note">What is known of the classes.</param>
    /// <param name="kept">Columns of text to repeat: the name to write, and the name in the rows.</param>
    public PredictionWriter(IDataView rows, ModelNote? note, IEnumerable<(string Head, string Name)> kept)
    {
        _rows = rows;
        _note = note;
        _columns =
        [
            .. kept.Select(pair => (pair.Head, rows.Schema[pair.Name])),
            .. Outputs.Where(name => rows.Schema.GetColumnOrNull(name) is not null).Select(name => (name, rows.Schema[name])),
        ];
    }

    /// <summary>Writes all rows; returns how many.</summary>
    public long Write(TextWriter writer)
    {
        writer.WriteLine(string.Join(',', _columns.SelectMany(pair => Heads(pair.Head, pair.Column)).Select(Quoted)));
        using var cursor = _rows.GetRowCursor(_columns.Select(pair => pair.Column));
        var getters = _columns.ConvertAll(pair => Getter(cursor, pair.Column));
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            writer.WriteLine(string.Join(',', getters.SelectMany(getter => getter()).Select(Quoted)));
        }

        return rows;
    }

    private IEnumerable<string> Heads(string head, DataViewSchema.Column column) => column.Type is not VectorDataViewType vector
        ? [head]
        : Enumerable.Range(0, vector.Size).Select(slot => $"{head}.{(_note?.Classes.Count == vector.Size ? _note.Classes[slot] : slot.ToString(CultureInfo.InvariantCulture))}");

    private Func<IEnumerable<string>> Getter(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => One<ReadOnlyMemory<char>>(row, column, text => text.ToString()),
        BooleanDataViewType => One<bool>(row, column, truth => _note?.Classes is { Count: 2 } classes ? classes[truth ? 1 : 0] : truth ? "true" : "false"),
        VectorDataViewType { ItemType: NumberDataViewType } => Many(row, column),
        KeyDataViewType => One<uint>(row, column, key => key == 0 ? string.Empty : key.ToString(CultureInfo.InvariantCulture)),
        NumberDataViewType => One<float>(row, column, Text),
        _ => throw CliException.Failed($"the model's output \"{column.Name}\" must be numbers, a truth value or a text; it is {column.Type}. Use the model from code."),
    };

    private static Func<IEnumerable<string>> One<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> text)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return [text(value)];
        };
    }

    private static Func<IEnumerable<string>> Many(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        return () =>
        {
            getter(ref values);
            return values.DenseValues().Select(Text);
        };
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
