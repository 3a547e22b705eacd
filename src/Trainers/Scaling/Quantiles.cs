namespace MLNet.GradStability;

/// <summary>Quantiles of sorted numbers.</summary>
internal static class Quantiles
{
    // The distance between the quartiles of a normal distribution, in standard deviations.
    private const double NormalRange = 1.3489795003921634;

    /// <summary>The quantile p by linear interpolation between the two nearest of the sorted numbers.</summary>
    public static double Of(ReadOnlySpan<float> sorted, double p)
    {
        var place = p * (sorted.Length - 1);
        var below = (int)place;
        double low = sorted[below];
        return low + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - low));
    }

    /// <summary>The standard deviation of the normal distribution with these quartiles.</summary>
    public static double NormalDeviation(double low, double high) => (high - low) / NormalRange;
}
