namespace MLNet.GradStability;

/// <summary>Equal distances for equal differences.</summary>
/// <param name="Low">The value at the start.</param>
/// <param name="High">The value at the end.</param>
/// <param name="IsWhole">Whether only whole numbers are named.</param>
internal sealed record LinearScale(double Low, double High, bool IsWhole = false) : ChartScale(Low, High)
{
    // Counts of ticks are round steps: 1, 2 or 5 times a power of ten.
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>A scale that holds both values, with room around a single one.</summary>
    public static LinearScale Of(double low, double high, bool isWhole = false)
    {
        if (high > low)
        {
            return new(low, high, isWhole);
        }

        var room = isWhole ? 1 : Math.Max(Math.Abs(low) / 2, 0.5);
        return new(low - room, low + room, isWhole);
    }

    public override IReadOnlyList<Tick> Ticks(int most)
    {
        var step = Step((High / Math.Max(1, most)) - (Low / Math.Max(1, most)));
        var first = Math.Ceiling(Low / step);
        var count = Math.Floor((High / step) + 1e-9) - first + 1;
        return double.IsFinite(step) && step > 0 ? [.. Enumerable.Range(0, (int)Math.Clamp(count, 0, 100)).Select(i => Named((first + i) * step, step))] : [];
    }

    // Halves, so that values as far apart as doubles go do not overflow.
    protected override double Place(double value) => ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2));

    private double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = Steps.First(factor => factor == 10 || factor * power >= least) * power;
        return IsWhole ? Math.Max(1, step) : step;
    }

    private static Tick Named(double value, double step)
    {
        // What is left of a difference of rounded numbers is no value.
        value = Math.Abs(value) < step / 1e6 ? 0 : value;
        return new(value, Figures.Number(value));
    }
}
