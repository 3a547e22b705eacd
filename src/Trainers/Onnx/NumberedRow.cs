using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>A row whose columns of Single hold 1, 2, 3 …, those of text one text, and those of keys one key: what comes behind a step tells where each number went.</summary>
internal sealed class NumberedRow : DataViewRow
{
    private readonly List<(DataViewSchema.Column Column, int First, int Size)> _columns = [];

    private readonly ReadOnlyMemory<char> _text;
    private readonly uint _key;

    public NumberedRow(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns, string text = "", uint key = 0)
    {
        Schema = schema;
        _text = text.AsMemory();
        _key = key;
        var next = 1;
        foreach (var column in columns)
        {
            var vector = column.Type as VectorDataViewType;
            if (column.Type is not TextDataViewType and not KeyDataViewType && ((vector?.ItemType ?? column.Type) != NumberDataViewType.Single || vector is { IsKnownSize: false }))
            {
                throw new NotSupportedException($"SaveOnnx: what is joined must be Single, or a vector of them of known size; \"{column.Name}\" is {column.Type}. Convert the column to Single.");
            }

            var size = vector?.Size ?? 1;
            _columns.Add((column, next, size));
            next += size;
        }
    }

    public override DataViewSchema Schema { get; }

    public override long Position => 0;

    public override long Batch => 0;

    /// <summary>All its numbers.</summary>
    public IReadOnlyList<float> Numbers => [.. Enumerable.Range(1, _columns.Sum(column => column.Size)).Select(number => (float)number)];

    /// <summary>What a step makes of it in a column of Single.</summary>
    public float[] Through(IRowToRowMapper mapper, DataViewSchema.Column column)
    {
        using var row = mapper.GetRow(this, [column]);
        if (column.Type is not VectorDataViewType)
        {
            float number = 0;
            row.GetGetter<float>(column)(ref number);
            return [number];
        }

        VBuffer<float> numbers = default;
        row.GetGetter<VBuffer<float>>(column)(ref numbers);
        return [.. numbers.DenseValues()];
    }

    /// <summary>The columns whose numbers these are, one after the other.</summary>
    public IReadOnlyList<string> PartsOf(float[] numbers)
    {
        var parts = new List<string>();
        for (var i = 0; i < numbers.Length;)
        {
            var (column, _, size) = _columns.Single(column => column.First == numbers[i]);
            parts.Add(column.Name);
            i += size;
        }

        return parts;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var (_, first, size) = _columns.Single(known => known.Column.Index == column.Index);
        ValueGetter<float> one = (ref float value) => value = first;
        ValueGetter<VBuffer<float>> many = (ref VBuffer<float> value) => value = new(size, [.. Enumerable.Range(first, size).Select(number => (float)number)]);
        ValueGetter<uint> key = (ref uint value) => value = _key;
        ValueGetter<ReadOnlyMemory<char>> text = (ref ReadOnlyMemory<char> value) => value = _text;
        return (ValueGetter<TValue>)(column.Type switch
        {
            TextDataViewType => text,
            KeyDataViewType => key,
            VectorDataViewType => many,
            _ => (Delegate)one,
        });
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.Any(known => known.Column.Index == column.Index);
}
