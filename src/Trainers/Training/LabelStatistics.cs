namespace MLNet.GradStability;

/// <summary>Count, mean, deviation and range of the labels, gathered in the reading pass (Welford 1962).</summary>
internal sealed class LabelStatistics
{
    private double _squares;

    public long Rows { get; private set; }

    public double Mean { get; private set; }

    /// <summary>Standard deviation of the population; 1 when all labels are equal, so that dividing by it is safe.</summary>
    public double Deviation => Math.Sqrt(_squares / Math.Max(1, Rows)) is var deviation and > 0 ? deviation : 1;

    public float Min { get; private set; } = float.PositiveInfinity;

    public float Max { get; private set; } = float.NegativeInfinity;

    public double WeightSum { get; private set; }

    public void Add(float label, float weight)
    {
        Rows++;
        var delta = label - Mean;
        Mean += delta / Rows;
        _squares += delta * (label - Mean);
        Min = Math.Min(Min, label);
        Max = Math.Max(Max, label);
        WeightSum += weight;
    }
}
