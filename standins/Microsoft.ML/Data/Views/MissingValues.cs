namespace Microsoft.ML.Data;

/// <summary>Which values are missing: NaN of numbers, 0 of keys, empty text is not.</summary>
internal static class MissingValues
{
    /// <summary>The column of the name; an exception unless its type has missing values.</summary>
    public static DataViewSchema.Column Column(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Contracts.ExceptParam("Column", $"Source column '{name}' not found");
        var item = column.Type.GetItemType();
        if (item is not KeyDataViewType && item.RawType != typeof(float) && item.RawType != typeof(double))
        {
            throw Contracts.ExceptParam("Column",
                $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
        }
        return column;
    }

    /// <summary>Whether the row's value, or one of its items, is missing.</summary>
    public static Func<bool> Test(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? GenericMethods.Invoke<Func<bool>>(VectorTest<int>, [vector.ItemType.RawType], row, column)
        : GenericMethods.Invoke<Func<bool>>(ScalarTest<int>, [column.Type.RawType], row, column);

    private static bool IsMissing<T>(T value) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => EqualityComparer<T>.Default.Equals(value, default),
    };

    private static Func<bool> ScalarTest<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return IsMissing(value);
        };
    }

    private static Func<bool> VectorTest<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            return value.Items(all: true).Any(item => IsMissing(item.Value));
        };
    }
}
