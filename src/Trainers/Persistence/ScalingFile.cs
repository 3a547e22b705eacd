namespace MLNet.GradStability;

/// <summary>The binary layout of an input scaling's numbers, little-endian: Float64 × features centres, then Float64 × features scales.</summary>
internal static class ScalingFile
{
    public static void Write(BinaryWriter writer, FeatureScaling scaling)
    {
        foreach (var number in scaling.Centers.Concat(scaling.Scales))
        {
            writer.Write(number);
        }
    }

    /// <param name="bytes">What was written.</param>
    /// <param name="options">The scaling of the options.</param>
    /// <param name="numbers">Numbers of a row.</param>
    /// <exception cref="FormatException">The numbers are not those of such a scaling.</exception>
    public static FeatureScaling Read(byte[] bytes, InputScaling? options, int numbers)
    {
        var description = options ?? throw new FormatException("numbers of an input scaling are there and the options have none");
        if (bytes.Length != 2L * sizeof(double) * numbers)
        {
            throw new FormatException($"the input scaling must have {2L * sizeof(double) * numbers} bytes and has {bytes.Length}");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        var (centers, scales) = (Next(), Next());
        return Array.TrueForAll(centers, double.IsFinite) && Array.TrueForAll(scales, scale => double.IsFinite(scale) && scale >= 0)
            ? description.Restore(centers, scales)
            : throw new FormatException("the input scaling must hold finite centres, and scales of 0 or more");

        double[] Next() => [.. Enumerable.Range(0, numbers).Select(_ => reader.ReadDouble())];
    }
}
