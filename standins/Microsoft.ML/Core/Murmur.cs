using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.ML;

/// <summary>Murmur hash 3, one 32-bit chunk at a time.</summary>
internal static class Murmur
{
    public static uint Round(uint hash, uint chunk)
    {
        hash ^= BitOperations.RotateLeft(chunk * 0xCC9E2D51, 15) * 0x1B873593;
        return BitOperations.RotateLeft(hash, 13) * 5 + 0xE6546B64;
    }

    /// <summary>The hash of bytes, chained to an earlier hash or seed.</summary>
    public static uint Hash(uint hash, ReadOnlySpan<byte> bytes)
    {
        int whole = bytes.Length & ~3;
        for (int i = 0; i < whole; i += 4)
            hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]));
        if (whole < bytes.Length)
        {
            uint tail = 0;
            for (int i = bytes.Length - 1; i >= whole; i--)
                tail = (tail << 8) | bytes[i];
            hash ^= BitOperations.RotateLeft(tail * 0xCC9E2D51, 15) * 0x1B873593;
        }
        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
