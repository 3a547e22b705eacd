namespace Microsoft.ML.Data;

/// <summary>Gives a member's column another name than the member's.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute : Attribute
{
    /// <summary>The column's name.</summary>
    public ColumnNameAttribute(string name) => Name = name;

    internal string Name { get; }
}

/// <summary>Leaves a member out.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute
{
}

/// <summary>Makes a member's column a key: the member holds 0 to count - 1, the column 1 to count.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    /// <summary>A key of the given cardinality.</summary>
    public KeyTypeAttribute(ulong count) => KeyCount = new(count);

    internal KeyCount KeyCount { get; }
}

/// <summary>Gives the size of a member's vector; without it the size varies.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    /// <summary>A vector whose size varies.</summary>
    public VectorTypeAttribute()
    {
    }

    /// <summary>A vector of known size.</summary>
    public VectorTypeAttribute(int size)
        : this([size])
    {
    }

    /// <summary>A vector with dimensions.</summary>
    public VectorTypeAttribute(params int[] dimensions)
    {
        Contracts.CheckParam(dimensions.All(d => d >= 0), nameof(dimensions), "Should contain only non-negative values");
        Dims = dimensions;
    }

    internal int[] Dims { get; } = [];
}

/// <summary>The cardinality of a key column.</summary>
public sealed class KeyCount
{
    /// <summary>As many as the key's type can hold.</summary>
    public ulong? Count;

    /// <summary>As many as the key's type can hold.</summary>
    public KeyCount()
    {
    }

    /// <summary>The given number.</summary>
    public KeyCount(ulong count)
    {
        Contracts.CheckParam(count > 0, nameof(count), "The cardinality of valid key values has to be greater than 0");
        Count = count;
    }

    /// <summary>The key type of this cardinality over the given integers.</summary>
    internal KeyDataViewType KeyType(Type rawType) => new(rawType, Count ?? rawType.ToMaxInt());
}
