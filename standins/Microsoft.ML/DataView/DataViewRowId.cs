using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity, mixed so that derived identities stay distinct.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong MixLow = 0x87c37b91114253d5;
    private const ulong MixHigh = 0x4cf5ad432745937f;

    /// <summary>The low 64 bits.</summary>
    public readonly ulong Low;

    /// <summary>The high 64 bits.</summary>
    public readonly ulong High;

    /// <summary>An identity of the two halves.</summary>
    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The identity that follows this one.</summary>
    public DataViewRowId Next() => Stir(Low, High);

    /// <summary>An identity derived from this one and distinct from <see cref="Next"/>.</summary>
    public DataViewRowId Fork()
    {
        var next = Next();
        return new(next.Low ^ BitOperations.RotateLeft(MixLow, 31) * MixHigh, next.High);
    }

    /// <summary>An identity derived from this one and another.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        other = other.Fork();
        ulong low = Low ^ BitOperations.RotateLeft(other.Low * MixLow, 31) * MixHigh;
        low = (BitOperations.RotateLeft(low, 27) + High) * 5 + 0x52dce729;
        ulong high = High ^ BitOperations.RotateLeft(other.High * MixHigh, 33) * MixLow;
        high = (BitOperations.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        return new(low, high);
    }

    private static DataViewRowId Stir(ulong low, ulong high)
    {
        low = (BitOperations.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
        high = (BitOperations.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        return new(low, high);
    }

    /// <inheritdoc/>
    public int CompareTo(DataViewRowId other) => (High, Low).CompareTo((other.High, other.Low));

    /// <inheritdoc/>
    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Low, High);

    /// <inheritdoc/>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
