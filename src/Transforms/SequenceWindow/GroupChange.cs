using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Notices where a column's value changes from one row to the next.</summary>
internal static class GroupChange
{
    /// <summary>A function to call once a row: whether the value differs from that of the call before.</summary>
    /// <exception cref="ArgumentException">The column is of a type that does not name groups.</exception>
    public static Func<bool> Of(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => OfText(row.GetGetter<ReadOnlyMemory<char>>(column)),
        var type when type == typeof(uint) => OfValue<uint>(row, column),
        var type when type == typeof(int) => OfValue<int>(row, column),
        var type when type == typeof(long) => OfValue<long>(row, column),
        var type when type == typeof(ulong) => OfValue<ulong>(row, column),
        var type when type == typeof(float) => OfValue<float>(row, column),
        _ => throw TransformErrors.WrongType(
            SequenceWindowColumns.Owner, nameof(SequenceWindowOptions.GroupColumnName), column.Name, "text, a key, a Single or an integer of 32 or 64 bits", column.Type, "Append Conversion.MapValueToKey."),
    };

    private static Func<bool> OfValue<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IEquatable<T>
    {
        var getter = row.GetGetter<T>(column);
        T? last = null;
        return () =>
        {
            T value = default;
            getter(ref value);
            var changed = last is not { } before || !before.Equals(value);
            last = value;
            return changed;
        };
    }

    private static Func<bool> OfText(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        // Kept as a copy: the memory behind the value is the loader's.
        string? last = null;
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            getter(ref value);
            var changed = last is null || !value.Span.SequenceEqual(last);
            last = changed ? value.ToString() : last;
            return changed;
        };
    }
}
