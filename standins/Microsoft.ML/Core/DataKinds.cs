namespace Microsoft.ML.Data;

/// <summary>The table of item kinds: .NET type, column type and size.</summary>
internal static class DataKinds
{
    private static readonly (DataKind Kind, PrimitiveDataViewType Type, ulong Max)[] Table =
    [
        (DataKind.SByte, NumberDataViewType.SByte, (ulong)sbyte.MaxValue),
        (DataKind.Byte, NumberDataViewType.Byte, byte.MaxValue),
        (DataKind.Int16, NumberDataViewType.Int16, (ulong)short.MaxValue),
        (DataKind.UInt16, NumberDataViewType.UInt16, ushort.MaxValue),
        (DataKind.Int32, NumberDataViewType.Int32, int.MaxValue),
        (DataKind.UInt32, NumberDataViewType.UInt32, uint.MaxValue),
        (DataKind.Int64, NumberDataViewType.Int64, long.MaxValue),
        (DataKind.UInt64, NumberDataViewType.UInt64, ulong.MaxValue),
        (DataKind.Single, NumberDataViewType.Single, 0),
        (DataKind.Double, NumberDataViewType.Double, 0),
        (DataKind.String, TextDataViewType.Instance, 0),
        (DataKind.Boolean, BooleanDataViewType.Instance, 0),
        (DataKind.TimeSpan, TimeSpanDataViewType.Instance, 0),
        (DataKind.DateTime, DateTimeDataViewType.Instance, 0),
        (DataKind.DateTimeOffset, DateTimeOffsetDataViewType.Instance, 0),
        ((DataKind)16, RowIdDataViewType.Instance, 0),
    ];

    /// <summary>The column type of a .NET type (string counts as text), or null.</summary>
    public static PrimitiveDataViewType PrimitiveTypeOrNull(Type type)
    {
        type = type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type;
        return Table.FirstOrDefault(row => row.Type.RawType == type).Type;
    }

    public static PrimitiveDataViewType PrimitiveType(Type type) =>
        PrimitiveTypeOrNull(type) ?? throw Contracts.ExceptParam(nameof(type), $"Type '{type}' has no column type.");

    public static PrimitiveDataViewType PrimitiveType(this DataKind kind) => Table.First(row => row.Kind == kind).Type;

    /// <summary>The kind of the items of a column; of a key, that of its integers.</summary>
    public static DataKind Kind(this DataViewType type) => Table.First(row => row.Type.RawType == type.GetItemType().RawType).Kind;

    /// <summary>The largest value of an integer type, 0 for any other.</summary>
    public static ulong ToMaxInt(this Type type) => Table.FirstOrDefault(row => row.Type.RawType == type).Max;

    /// <summary>The type of a vector's items, or the type itself.</summary>
    public static DataViewType GetItemType(this DataViewType type) => (type as VectorDataViewType)?.ItemType ?? type;

    /// <summary>The cardinality of a key, 0 for any other type.</summary>
    public static ulong GetKeyCount(this DataViewType type) => (type as KeyDataViewType)?.Count ?? 0;

    /// <summary>The size of a vector of known size, 0 for one whose size varies, 1 for a single item.</summary>
    public static int GetValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;
}
