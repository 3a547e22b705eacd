using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Makes functions that read a column as numbers, whatever its type.</summary>
internal static class ColumnNumbers
{
    /// <param name="row">The row or cursor.</param>
    /// <param name="column">A value or a vector of values of type <typeparamref name="T"/>.</param>
    /// <param name="convert">Makes a number of a value.</param>
    public static NumberReader Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        if (column.Type is VectorDataViewType)
        {
            return VectorReader(row.GetGetter<VBuffer<T>>(column), convert);
        }

        var getter = row.GetGetter<T>(column);
        return numbers =>
        {
            T value = default!;
            getter(ref value);
            numbers[0] = convert(value);
        };
    }

    /// <summary>Reads keys: 0 for a missing one, and for one beyond the column's count.</summary>
    public static NumberReader Keys(DataViewRow row, DataViewSchema.Column column)
    {
        var key = (KeyDataViewType)((column.Type as VectorDataViewType)?.ItemType ?? column.Type);
        var most = key.Count;
        return key.RawType switch
        {
            var type when type == typeof(byte) => Reader<byte>(row, column, value => value <= most ? value : 0),
            var type when type == typeof(ushort) => Reader<ushort>(row, column, value => value <= most ? value : 0),
            var type when type == typeof(ulong) => Reader<ulong>(row, column, value => value <= most ? value : 0),
            _ => Reader<uint>(row, column, value => value <= most ? value : 0),
        };
    }

    /// <summary>Reads Single.</summary>
    public static NumberReader Singles(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            return Reader<float>(row, column, value => value);
        }

        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        return numbers =>
        {
            getter(ref buffer);
            buffer.CopyTo(numbers);
        };
    }

    private static NumberReader VectorReader<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> convert)
    {
        VBuffer<T> buffer = default;
        return numbers =>
        {
            getter(ref buffer);
            foreach (var (place, value) in buffer.Items(all: true))
            {
                numbers[place] = convert(value);
            }
        };
    }
}
