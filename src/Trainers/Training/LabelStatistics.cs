namespace MLNet.GradStability;

/// <summary>Count, mean, deviation and range of the labels, gathered in the reading pass.</summary>
/// <param name="sample">Draws the labels that quantiles come from; null when none are needed.</param>
internal sealed class LabelStatistics(Random? sample = null)
{
    private readonly FeatureSummary _values = new(1, sample);

    public long Rows { get; private set; }

    public double Mean => _values.Mean(0);

    /// <summary>Standard deviation of the population; 1 when all labels are equal, so that dividing by it is safe.</summary>
    public double Deviation => _values.Deviation(0) is var deviation and > 0 ? deviation : 1;

    public float Min { get; private set; } = float.PositiveInfinity;

    public float Max { get; private set; } = float.NegativeInfinity;

    public double WeightSum { get; private set; }

    /// <summary>
    /// The centre and scale in which numbers are learned: the median, and the smaller of the standard deviation and that of normal labels with the same
    /// middle 80 %. Extreme labels, which can carry mean and deviation anywhere, move neither.
    /// </summary>
    public (double Center, double Scale) Typical()
    {
        var sorted = _values.Sorted(0);
        return (Quantiles.Of(sorted, 0.5), Quantiles.MiddleDeviation(sorted) is var middle and > 0 ? Math.Min(middle, Deviation) : Deviation);
    }

    /// <summary>The deviation in units of the scale: 1 for normal labels and when the middle is all one value, more with heavy tails.</summary>
    public double TailRatio() => Deviation / Typical().Scale;

    public void Add(float label, float weight)
    {
        Rows++;
        _values.Add([label]);
        Min = Math.Min(Min, label);
        Max = Math.Max(Max, label);
        WeightSum += weight;
    }
}
