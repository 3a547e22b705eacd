using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>
/// The random numbers of one copy of one row: SplitMix64 (Steele, Lea and Flood 2014), started from the seed, the row's identity and the number of the
/// copy. So a copy is the same whoever reads it, in whatever order.
/// </summary>
internal struct CopyRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    public CopyRandom(int seed, DataViewRowId row, int copy) =>
        _state = Mix(Mix(Mix(Mix((uint)seed + Step) ^ row.Low) ^ row.High) ^ (uint)copy);

    /// <summary>Evenly from [0, 1).</summary>
    public double Uniform() => (Mix(_state += Step) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Evenly from ± <paramref name="limit"/>.</summary>
    public double Symmetric(double limit) => ((2 * Uniform()) - 1) * limit;

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
