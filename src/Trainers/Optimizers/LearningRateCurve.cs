namespace MLNet.GradStability;

/// <summary>The outcome of a range test: the loss as the learning rate rises.</summary>
/// <remarks>
/// <see cref="Suggested"/> is the rate at which the smoothed loss falls most steeply per decade, but at most a tenth of <see cref="AtLowestLoss"/>.
/// The first tenth of the steps is left out of the search, since the smoothed loss settles there; the loss lags a little behind the rate.
/// </remarks>
public sealed record LearningRateCurve
{
    private const int FewestPoints = 5;

    private LearningRateCurve(IReadOnlyList<LearningRatePoint> points, double suggested, double atLowestLoss)
    {
        Points = points;
        Suggested = suggested;
        AtLowestLoss = atLowestLoss;
    }

    /// <summary>The steps, with rising rate.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>A rate to train with.</summary>
    public double Suggested { get; }

    /// <summary>The rate with the lowest smoothed loss; beyond it training gets worse.</summary>
    public double AtLowestLoss { get; }

    /// <summary>The curve as a self-contained SVG drawing: losses, smoothed loss and suggestion over the rate on a logarithmic axis.</summary>
    public string ToSvg() => LearningRateDrawing.Draw(this);

    /// <summary>Writes <see cref="ToSvg"/> to a file.</summary>
    /// <param name="path">The file, overwritten if it is there.</param>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        File.WriteAllText(path, ToSvg());
    }

    /// <exception cref="InvalidOperationException">There are too few points.</exception>
    internal static LearningRateCurve From(IReadOnlyList<LearningRatePoint> points)
    {
        if (points.Count < FewestPoints)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"FindLearningRate: at least {FewestPoints} steps must have a finite loss that does not explode; {points.Count} had. Lower from, or scale the data."));
        }

        var first = points.Count / 10;
        var lowest = Enumerable.Range(first, points.Count - first).MinBy(i => points[i].SmoothedLoss);
        var steepest = Enumerable.Range(first + 1, Math.Max(1, lowest - first)).MinBy(i => Slope(points, Math.Min(i, points.Count - 1)));
        var atLowest = points[lowest].Rate;
        return new LearningRateCurve(new EquatableList<LearningRatePoint>(points), Math.Min(points[steepest].Rate, atLowest / 10), atLowest);
    }

    private static double Slope(IReadOnlyList<LearningRatePoint> points, int i) =>
        (points[i].SmoothedLoss - points[i - 1].SmoothedLoss) / Math.Log(points[i].Rate / points[i - 1].Rate);
}
