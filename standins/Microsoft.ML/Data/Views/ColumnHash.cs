using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Hashes of the values of a column, as ML.NET's hashing transform with 30 bits.</summary>
internal static class ColumnHash
{
    private const int Bits = 30;

    /// <summary>The hash of the row's value, from 0 to 1; NaN for a missing value.</summary>
    public static Func<double> Fraction(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var hash = column.Type.GetItemType() is TextDataViewType ? TextHash(row, column, seed) : BytesHash(row, column, seed);
        return () => hash() is uint h ? ((h & ((1u << Bits) - 1)) + 0.5) / (1u << Bits) : double.NaN;
    }

    /// <summary>The integer of the row's key.</summary>
    public static Func<ulong> KeyGetter(DataViewRow row, DataViewSchema.Column column) =>
        GenericMethods.Invoke<Func<ulong>>(KeyGetter<uint>, [column.Type.RawType], row, column);

    private static Func<ulong> KeyGetter<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return ulong.CreateTruncating(value);
        };
    }

    private static Func<uint?> TextHash(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var texts = Items<ReadOnlyMemory<char>>(row, column);
        return () =>
        {
            uint hash = seed;
            foreach (var text in texts())
            {
                if (text.IsEmpty)
                    return null;
                hash = Murmur.Hash(hash, Encoding.UTF8.GetBytes(text.ToString().Trim(' ')));
            }
            return hash;
        };
    }

    private static Func<uint?> BytesHash(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var type = column.Type.GetItemType();
        var bytes = type.RawType switch
        {
            var t when t == typeof(float) => Bytes<float, float>(row, column, v => v == 0 ? 0 : v, float.IsNaN),
            var t when t == typeof(double) => Bytes<double, double>(row, column, v => v == 0 ? 0 : v, double.IsNaN),
            var t when t == typeof(bool) => Bytes<bool, uint>(row, column, v => v ? 1u : 0u),
            var t when t == typeof(long) => Bytes<long, long>(row, column, v => v),
            var t when t == typeof(ulong) => Bytes<ulong, ulong>(row, column, v => v, v => type is KeyDataViewType && v == 0),
            var t when t == typeof(DateTime) => Bytes<DateTime, long>(row, column, v => v.Ticks),
            var t when t == typeof(DateTimeOffset) => Bytes<DateTimeOffset, long>(row, column, v => v.UtcTicks),
            var t when t == typeof(TimeSpan) => Bytes<TimeSpan, long>(row, column, v => v.Ticks),
            var t when t == typeof(DataViewRowId) => Bytes<DataViewRowId, DataViewRowId>(row, column, v => v),
            var t => GenericMethods.Invoke<Func<byte[]>>(SmallIntegers<int>, [t], row, column, type is KeyDataViewType),
        };
        return () => bytes() is { } all ? Murmur.Hash(seed, all) : null;
    }

    private static Func<byte[]> SmallIntegers<T>(DataViewRow row, DataViewSchema.Column column, bool isKey)
        where T : struct, IBinaryInteger<T> => Bytes<T, uint>(row, column, uint.CreateTruncating, v => isKey && T.IsZero(v));

    // The bytes of all items, null when one is missing.
    private static Func<byte[]> Bytes<T, TAs>(
        DataViewRow row, DataViewSchema.Column column, Func<T, TAs> convert, Predicate<T> isMissing = null)
        where TAs : unmanaged
    {
        var items = Items<T>(row, column);
        return () =>
        {
            T[] values = items();
            return isMissing != null && Array.Exists(values, isMissing)
                ? null
                : MemoryMarshal.AsBytes<TAs>(Array.ConvertAll(values, v => convert(v))).ToArray();
        };
    }

    private static Func<T[]> Items<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var scalar = row.GetGetter<T>(column);
            T[] one = new T[1];
            return () =>
            {
                scalar(ref one[0]);
                return one;
            };
        }
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);
            return [.. vector.DenseValues()];
        };
    }
}
