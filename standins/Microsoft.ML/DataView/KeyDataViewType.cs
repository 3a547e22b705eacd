namespace Microsoft.ML.Data;

/// <summary>A category of a known set: 0 means missing, 1 to <see cref="Count"/> the values.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    /// <summary>A key of the given unsigned type and cardinality.</summary>
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        if (!IsValidDataType(type))
            throw Contracts.ExceptParam(nameof(type), "Type is not valid, it must be Byte, UInt16, UInt32, or UInt64.");
        if (count == 0 || count > type.ToMaxInt())
        {
            throw Contracts.ExceptParam(nameof(count),
                $"The cardinality of a {nameof(KeyDataViewType)} must not exceed {type.Name}.MaxValue " +
                $"and must be strictly positive, but got {count}.");
        }
        Count = count;
    }

    /// <summary>A key of the given unsigned type and cardinality.</summary>
    public KeyDataViewType(Type type, int count)
        : this(type, (ulong)Math.Max(count, 0))
    {
    }

    /// <summary>The number of values.</summary>
    public ulong Count { get; }

    /// <summary>Whether keys may be held in the type.</summary>
    public static bool IsValidDataType(Type type) =>
        type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(byte);

    /// <inheritdoc/>
    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    /// <inheritdoc/>
    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    /// <inheritdoc/>
    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}
