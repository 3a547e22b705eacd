namespace MLNet.GradStability;

/// <summary>Quantiles of sorted numbers, and the standard deviations that normal numbers with such quantiles have.</summary>
internal static class Quantiles
{
    // Distances in the normal distribution, in standard deviations: between the quartiles, between the first and the last tenth, and
    // (inverted) from the median to the median distance.
    private const double QuartileRange = 1.3489795003921634;
    private const double MiddleRange = 2.5631031310892007;
    private const double MedianDistance = 1.482602218505602;

    /// <summary>The quantile p by linear interpolation between the two nearest of the sorted numbers.</summary>
    public static double Of(ReadOnlySpan<float> sorted, double p)
    {
        var place = p * (sorted.Length - 1);
        var below = (int)place;
        double low = sorted[below];
        return low + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - low));
    }

    /// <summary>From the quartiles: half of the numbers have no say.</summary>
    public static double QuartileDeviation(ReadOnlySpan<float> sorted) => (Of(sorted, 0.75) - Of(sorted, 0.25)) / QuartileRange;

    /// <summary>From the middle 80 % of the numbers.</summary>
    public static double MiddleDeviation(ReadOnlySpan<float> sorted) => (Of(sorted, 0.9) - Of(sorted, 0.1)) / MiddleRange;

    /// <summary>From the median distance to the median of those numbers that differ from it; 0 when none does.</summary>
    public static double DifferingDeviation(ReadOnlySpan<float> sorted)
    {
        var median = Of(sorted, 0.5);
        var distances = new List<double>();
        foreach (var number in sorted)
        {
            if (number != median)
            {
                distances.Add(Math.Abs(number - median));
            }
        }

        distances.Sort();
        return distances.Count == 0 ? 0 : distances[distances.Count / 2] * MedianDistance;
    }
}
