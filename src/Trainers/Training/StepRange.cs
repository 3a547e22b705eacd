namespace MLNet.GradStability;

/// <summary>What a number came to over some steps: how often it was finite, and then its lowest, mean and highest value.</summary>
/// <param name="Count">How many of the values were finite; the others count for nothing.</param>
/// <param name="Lowest">The lowest; NaN when there is none.</param>
/// <param name="Mean">The mean; NaN when there is none.</param>
/// <param name="Highest">The highest; NaN when there is none.</param>
public readonly record struct StepRange(long Count, double Lowest, double Mean, double Highest)
{
    /// <summary>No value.</summary>
    public static StepRange None => new(0, double.NaN, double.NaN, double.NaN);

    /// <summary>The sum of the finite values.</summary>
    internal double Sum => Count == 0 ? 0 : Mean * Count;

    /// <summary>A single value.</summary>
    internal static StepRange Of(double value) => double.IsFinite(value) ? new(1, value, value, value) : None;

    /// <summary>The values of both.</summary>
    internal StepRange With(StepRange other) => (Count, other.Count) switch
    {
        (_, 0) => this,
        (0, _) => other,
        _ => new(
            Count + other.Count,
            Math.Min(Lowest, other.Lowest),
            Mean + ((other.Mean - Mean) * ((double)other.Count / (Count + other.Count))),
            Math.Max(Highest, other.Highest)),
    };
}
