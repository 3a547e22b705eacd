namespace Microsoft.ML.Data;

/// <summary>Getters of input columns whose types are known only at run time.</summary>
internal static class SourceGetter
{
    /// <summary>The getter of a column as it is.</summary>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column) =>
        GenericMethods.Invoke<Delegate>(Typed<int>, [column.Type.RawType], row, column.Index);

    private static ValueGetter<T> Typed<T>(DataViewRow row, int index) => row.GetGetter<T>(row.Schema[index]);
}
