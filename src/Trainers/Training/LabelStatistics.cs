namespace MLNet.GradStability;

/// <summary>Count, deviation and range of the labels, each number of a vector by itself, gathered in the reading pass.</summary>
/// <param name="size">Numbers of a label.</param>
/// <param name="sample">Draws the labels that quantiles come from; null for classes, whose rows are counted.</param>
internal sealed class LabelStatistics(int size = 1, Random? sample = null)
{
    private readonly FeatureSummary _values = new(size, sample);
    private readonly float[] _min = [.. Enumerable.Repeat(float.PositiveInfinity, size)];
    private readonly List<double>[]? _weights = sample is null ? [.. Enumerable.Range(0, size).Select(_ => new List<double>())] : null;
    private readonly float[] _max = [.. Enumerable.Repeat(float.NegativeInfinity, size)];

    public long Rows { get; private set; }

    /// <summary>Numbers of a label.</summary>
    public int Size => size;

    public double WeightSum { get; private set; }

    public double Mean(int place = 0) => _values.Mean([place]);

    /// <summary>Standard deviation of the population; 1 when all labels are equal, so that dividing by it is safe.</summary>
    public double Deviation(int place = 0) => _values.Deviation([place]) is var deviation and > 0 ? deviation : 1;

    /// <summary>The weight of all rows with a label, which must be a class.</summary>
    public double WeightOf(int label, int place = 0) => _weights is not null && label < _weights[place].Count ? _weights[place][label] : 0;

    public float Min(int place = 0) => _min[place];

    public float Max(int place = 0) => _max[place];

    /// <summary>
    /// The centre and scale in which numbers are learned: the median, and the smaller of the standard deviation and that of normal labels with the same
    /// middle 80 %. Extreme labels, which can carry mean and deviation anywhere, move neither.
    /// </summary>
    public (double Center, double Scale) Typical(int place = 0)
    {
        var sorted = _values.Sorted([place]);
        var deviation = Deviation(place);
        return (Quantiles.Of(sorted, 0.5), Quantiles.MiddleDeviation(sorted) is var middle and > 0 ? Math.Min(middle, deviation) : deviation);
    }

    /// <summary>The deviation in units of the scale: 1 for normal labels and when the middle is all one value, more with heavy tails.</summary>
    public double TailRatio(int place = 0) => Deviation(place) / Typical(place).Scale;

    public void Add(ReadOnlySpan<float> label, float weight)
    {
        Rows++;
        _values.Add(label);
        for (var i = 0; i < label.Length; i++)
        {
            _min[i] = Math.Min(_min[i], label[i]);
            _max[i] = Math.Max(_max[i], label[i]);
            Count(_weights?[i], (int)label[i], weight);
        }

        WeightSum += weight;
    }

    private static void Count(List<double>? weights, int label, float weight)
    {
        while (weights?.Count <= label)
        {
            weights.Add(0);
        }

        if (weights is not null)
        {
            weights[label] += weight;
        }
    }
}
