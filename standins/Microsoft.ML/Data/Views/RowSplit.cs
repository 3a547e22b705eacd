namespace Microsoft.ML.Data;

/// <summary>Gives each row a number from 0 to 1 by which it falls into one part of a split or the other.</summary>
internal sealed class RowSplit
{
    private const uint DefaultSeed = 42;
    private const uint DefaultHashSeed = 314489979;

    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _reads;
    private readonly Func<DataViewRow, Func<double>> _makeNumber;

    /// <summary>By random numbers, or by the values of a column so that equal values stay together.</summary>
    public RowSplit(IDataView source, string samplingKeyColumnName, int? seed)
    {
        _source = source;
        if (samplingKeyColumnName == null)
        {
            _reads = [];
            _makeNumber = row => RandomNumber(row, (uint?)seed ?? DefaultSeed);
            return;
        }
        var column = source.Schema.GetColumnOrNull(samplingKeyColumnName)
            ?? throw Contracts.ExceptSchemaMismatch("samplingKeyColumn", "SamplingKeyColumn", samplingKeyColumnName);
        _reads = [column];
        _makeNumber = column.Type is KeyDataViewType key ? row => KeyFraction(row, column, key)
            : column.Type == NumberDataViewType.Single ? Scaled<float>(column, value => value)
            : column.Type == NumberDataViewType.Double ? Scaled<double>(column, value => value)
            : row => ColumnHash.Fraction(row, column, (uint?)seed ?? DefaultHashSeed);
    }

    /// <summary>The rows whose number passes the test; rows without a number are in no part.</summary>
    public IDataView Where(Func<double, bool> test) => new FilterView(_source, _reads, row =>
    {
        var number = _makeNumber(row);
        return () => number() is var n && !double.IsNaN(n) && test(n);
    }, canShuffle: _reads.Length > 0);

    // One number for each row in order, whatever rows are passed over.
    private static Func<double> RandomNumber(DataViewRow row, uint seed)
    {
        var rand = new TauswortheHybrid(seed);
        long last = -1;
        float number = 0;
        return () =>
        {
            for (; last < row.Position; last++)
                number = rand.NextSingle();
            return number;
        };
    }

    private static Func<double> KeyFraction(DataViewRow row, DataViewSchema.Column column, KeyDataViewType key)
    {
        var value = ColumnHash.KeyGetter(row, column);
        return () => value() is var k && k > 0 && k <= key.Count ? (k - 0.5) / key.Count : double.NaN;
    }

    private Func<DataViewRow, Func<double>> Scaled<T>(DataViewSchema.Column column, Func<T, double> toDouble)
    {
        T value = default;
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        using (var cursor = _source.GetRowCursor([column]))
        {
            var getter = cursor.GetGetter<T>(column);
            while (cursor.MoveNext())
            {
                getter(ref value);
                double number = toDouble(value);
                (min, max) = (number < min ? number : min, number > max ? number : max);
            }
        }
        // In the column's own precision, as its normaliser would.
        double scale = !(max > min) ? 0 : typeof(T) == typeof(float) ? 1 / ((float)max - (float)min) : 1 / (max - min);
        return row =>
        {
            var getter = row.GetGetter<T>(column);
            T current = default;
            return () =>
            {
                getter(ref current);
                double number = (toDouble(current) - min) * scale;
                return typeof(T) == typeof(float) ? (float)number : number;
            };
        };
    }
}
