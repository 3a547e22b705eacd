namespace Microsoft.ML;

/// <summary>ML.NET's generator (three Tausworthe registers and a linear congruence), so that seeds give its splits and orders.</summary>
internal sealed class TauswortheHybrid : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    public TauswortheHybrid(uint seed)
    {
        _z1 = seed;
        _z2 = Murmur.Round(_z1, seed);
        _z3 = Murmur.Round(_z2, seed);
        _z4 = Murmur.Round(_z3, seed);
    }

    public TauswortheHybrid(Random source)
    {
        _z1 = Register(source);
        _z2 = Register(source);
        _z3 = Register(source);
        _z4 = Bits(source);
    }

    public static TauswortheHybrid Create(int? seed) => seed is int value ? new((uint)value) : new(new Random());

    public override float NextSingle() => (Step() >> 9) * (1f / (1 << 23));

    public override double NextDouble() => Step() * (1d / (1L << 32));

    public override int Next()
    {
        uint u = Step();
        return (int)(u + (u & 0x80000000U));
    }

    public override int Next(int maxValue)
    {
        Contracts.CheckParam(maxValue >= 0, nameof(maxValue), "maxValue must be non-negative");
        return (int)((ulong)Step() * (ulong)maxValue >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Contracts.CheckParam(minValue <= maxValue, nameof(minValue), "minValue must be less than or equal to maxValue.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override void NextBytes(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)Next();
    }

    private static uint Bits(Random source) => ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);

    // The registers degenerate below 128.
    private static uint Register(Random source)
    {
        uint bits = Bits(source);
        while (bits < 128)
            bits = Bits(source);
        return bits;
    }

    private static uint Shift(uint z, int s1, int s2, int s3, uint mask) => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private uint Step()
    {
        _z1 = Shift(_z1, 13, 19, 12, ~0x1U);
        _z2 = Shift(_z2, 2, 25, 4, ~0x7U);
        _z3 = Shift(_z3, 3, 11, 17, ~0xFU);
        _z4 = 1664525 * _z4 + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }
}
