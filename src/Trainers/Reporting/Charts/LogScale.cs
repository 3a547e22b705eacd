namespace MLNet.GradStability;

/// <summary>Equal distances for equal ratios.</summary>
/// <param name="Low">The value at the start; above 0.</param>
/// <param name="High">The value at the end.</param>
internal sealed record LogScale(double Low, double High) : ChartScale(Low, High)
{
    private static readonly double[] Mantissas = [1, 2, 5];

    // Decades are named at round distances.
    private static readonly int[] Distances = [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>A scale that holds both values, with room around a single one.</summary>
    public static LogScale Of(double low, double high) => high > low ? new(low, high) : new(Math.Max(low / 3, double.Epsilon), Math.Min(low * 3, double.MaxValue));

    public override IReadOnlyList<Tick> Ticks(int most)
    {
        var (low, high) = (Math.Log10(Low), Math.Log10(High));
        var decades = Enumerable.Range((int)Math.Floor(low), (int)(Math.Ceiling(high) - Math.Floor(low)) + 1).ToList();
        var inside = decades.Where(decade => decade >= low - 1e-9 && decade <= high + 1e-9).ToList();
        if (inside.Count > 2)
        {
            var every = Distances.FirstOrDefault(distance => distance * most >= inside.Count, Distances[^1]);
            return [.. inside.Where(decade => decade % every == 0).Select(decade => Named(Math.Pow(10, decade)))];
        }

        var fine = decades.SelectMany(decade => Mantissas.Select(mantissa => mantissa * Math.Pow(10, decade))).Where(value => value >= Low * (1 - 1e-9) && value <= High * (1 + 1e-9)).ToList();
        return fine.Count > 1 ? [.. fine.Select(Named)] : new LinearScale(Low, High).Ticks(Math.Min(most, 4));
    }

    protected override double Place(double value) => value <= 0 ? 0 : (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low));

    private static Tick Named(double value) => new(value, Figures.Number(value));
}
