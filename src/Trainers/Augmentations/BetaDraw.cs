namespace MLNet.GradStability;

/// <summary>Draws from the beta distribution, as one gamma number's share in the sum of two.</summary>
internal static class BetaDraw
{
    /// <summary>A number from 0 to 1 of Beta(α, α). In logarithms, so that it holds for the smallest α too.</summary>
    public static double Symmetric(double alpha, Random random)
    {
        var (one, other) = (LogGamma(alpha, random), LogGamma(alpha, random));
        return 1 / (1 + Math.Exp(other - one));
    }

    // The logarithm of a number of Gamma(α): Marsaglia and Tsang 2000 for α + 1, times a power of a uniform number.
    private static double LogGamma(double alpha, Random random)
    {
        var d = alpha + (2.0 / 3);
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d * v) + (Math.Log(1 - random.NextDouble()) / alpha);
            }
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
