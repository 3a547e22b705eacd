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

    /// <summary>The last step, which spreads every bit over all.</summary>
    public static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
