using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MLNet.GradStability;

/// <summary>
/// A fingerprint of rows that does not depend on the order in which they are added, so that the two sides of a split make up the same as the whole:
/// the exclusive or of the hashes of all rows, each with its number.
/// </summary>
internal sealed class RowHash
{
    private readonly byte[] _sum = new byte[SHA256.HashSizeInBytes];
    private byte[] _row = [];

    public ReadOnlySpan<byte> Value => _sum;

    /// <param name="number">The row's number in its data.</param>
    /// <param name="features">Its features.</param>
    /// <param name="label">Its label, one number or several.</param>
    /// <param name="weight">Its weight.</param>
    public void Add(long number, ReadOnlySpan<float> features, ReadOnlySpan<float> label, float weight)
    {
        var numbers = MemoryMarshal.AsBytes(features);
        var labels = MemoryMarshal.AsBytes(label);
        Array.Resize(ref _row, sizeof(long) + labels.Length + sizeof(float) + numbers.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_row, number);
        labels.CopyTo(_row.AsSpan(sizeof(long)));
        BinaryPrimitives.WriteSingleLittleEndian(_row.AsSpan(sizeof(long) + labels.Length), weight);
        numbers.CopyTo(_row.AsSpan(sizeof(long) + labels.Length + sizeof(float)));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row, hash);
        for (var i = 0; i < hash.Length; i++)
        {
            _sum[i] ^= hash[i];
        }
    }
}
