namespace MLNet.GradStability.Benchmarks;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
