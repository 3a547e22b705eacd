namespace MLNet.GradStability;

/// <summary>
/// A mixture of normal kernels cut to [0, 1], all of one weight: one a value, as wide as the gap to its farther neighbour or bound, and one of width 1 in the middle.
/// </summary>
internal sealed class ParzenDensity : IDensity
{
    private const double Middle = 0.5;
    private const double Widest = 1;
    private const int MostParts = 100;
    private readonly (double Mean, double Width, double Mass)[] _kernels;

    /// <param name="values">Values from 0 to 1.</param>
    public ParzenDensity(double[] values)
    {
        double[] sorted = [0, .. values.Order(), 1];
        var narrowest = 1.0 / Math.Min(MostParts, values.Length + 1);
        _kernels =
        [
            Kernel(Middle, Widest),
            .. Enumerable.Range(1, values.Length).Select(i => Kernel(
                sorted[i], Math.Clamp(Math.Max(sorted[i] - sorted[i - 1], sorted[i + 1] - sorted[i]), narrowest, Widest))),
        ];
    }

    public double Draw(Random random)
    {
        var (mean, width, _) = _kernels[random.Next(_kernels.Length)];
        while (true)
        {
            // Box and Muller 1958. The mean lies within the bounds, so that at least a third of the draws do.
            var value = mean + (width * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            if (value is >= 0 and < 1)
            {
                return value;
            }
        }
    }

    public double Log(double value) => Math.Log(_kernels.Average(kernel =>
    {
        var z = (value - kernel.Mean) / kernel.Width;
        return Math.Exp(-z * z / 2) / (Math.Sqrt(2 * Math.PI) * kernel.Width * kernel.Mass);
    }));

    private static (double Mean, double Width, double Mass) Kernel(double mean, double width) =>
        (mean, width, Normal((1 - mean) / width) - Normal(-mean / width));

    /// <summary>The normal distribution function by Abramowitz and Stegun 26.2.17, to 7.5e-8.</summary>
    private static double Normal(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z < 0 ? tail : 1 - tail;
    }
}
