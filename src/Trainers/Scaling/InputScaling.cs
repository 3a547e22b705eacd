namespace MLNet.GradStability;

/// <summary>
/// Describes how the trainer scales features, each by statistics of its own over the training rows; for a network over images each channel, and for one over
/// sequences each feature of a step, wherever in the row it stands. The numbers found are stored with the model
/// and applied to every row that is scored. A feature that never varies becomes 0; a NaN stays NaN, and an infinity counts as the largest Single.
/// </summary>
/// <remarks>Statistics are taken in Float64: features may lie anywhere in the range of Single. Validation rows take no part in them.</remarks>
public abstract record InputScaling
{
    private protected InputScaling()
    {
    }

    /// <summary>z = (x − mean)/deviation, brought into ±limit. A few extreme values enlarge the deviation and so squeeze all others: see <see cref="Robust"/>.</summary>
    /// <param name="limit">The largest |z|, 1 or greater, infinite for none; default 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1 or not a number.</exception>
    public static InputScaling Standardize(double limit = 10) => new StandardizeScaling(limit);

    /// <summary>
    /// z = (x − median)/scale; then z/√(1 + (z/limit)²), which leaves small z alone and bends large ones smoothly towards ±limit (as RealMLP does:
    /// Holzmüller et al. 2024, arXiv:2407.04491). The scale is a quarter of the range, and at most five times IQR/1.349, IQR being the distance between the
    /// quartiles: extreme values move the median not at all and the scale little.
    /// </summary>
    /// <param name="limit">What |z| tends to, 1 or greater, infinite for none; default 3.</param>
    /// <remarks>
    /// IQR/1.349 is the standard deviation of normal data. Where the quartiles coincide, as in a feature that is mostly 0, 1.4826 times the median
    /// distance from the median of the values that differ from it takes its place. The paper scales by IQR alone; a quarter of the range keeps features of
    /// one unit alike, such as the pixels of an image, of which some hardly vary. Statistics come from a sample when there are more than some ten
    /// thousand rows.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1 or not a number.</exception>
    public static InputScaling Robust(double limit = 3) => new RobustScaling(limit);

    /// <summary>Whether the numbers come from quantiles.</summary>
    internal virtual bool NeedsQuantiles => false;

    /// <summary>The numbers for the features summarised.</summary>
    internal FeatureScaling Fit(FeatureSummary summary)
    {
        var centers = new double[summary.Features];
        var scales = new double[summary.Features];
        foreach (var group in summary.Groups)
        {
            var (center, scale) = Fit(summary, group);
            foreach (var feature in group)
            {
                (centers[feature], scales[feature]) = (center, scale);
            }
        }

        return Restore(centers, scales);
    }

    /// <summary>The scaling with numbers found before.</summary>
    internal abstract FeatureScaling Restore(double[] centers, double[] scales);

    /// <summary>Centre and scale of features that are alike; the scale of some that never vary is 0.</summary>
    private protected abstract (double Center, double Scale) Fit(FeatureSummary summary, IReadOnlyList<int> group);

    private protected static double CheckLimit(double limit, string owner) =>
        Require.That(limit >= 1, limit, owner, nameof(limit), "be 1 or greater", "Usual values are 3 to 10; give double.PositiveInfinity for no limit.");
}
