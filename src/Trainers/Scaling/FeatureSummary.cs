namespace MLNet.GradStability;

/// <summary>Mean and deviation of each feature, gathered row by row (Welford 1962), or a sample of rows for quantiles, or both.</summary>
/// <param name="features">Features a row.</param>
/// <param name="sample">Draws which rows are kept for quantiles; null when none are needed.</param>
/// <param name="hasMoments">Whether mean and deviation are asked for, which cost more than all else about a row.</param>
/// <param name="shape">The shape in which the network sees a row, by which features are the same at several places; null when each is its own.</param>
internal sealed class FeatureSummary(int features, Random? sample, bool hasMoments = true, FeatureShape? shape = null)
{
    // Enough for quartiles to about 1 %, in at most 64 MiB or so.
    private const int MostRows = 1 << 14;
    private const int MostNumbers = 1 << 24;
    private readonly double[] _means = new double[features];
    private readonly double[] _squares = new double[features];
    private readonly List<float[]> _kept = [];
    private readonly int _capacity = Math.Clamp(MostNumbers / features, 1 << 8, MostRows);
    private long _rows;

    public int Features => features;

    /// <summary>The features by what they are: those of one group share their numbers.</summary>
    public IEnumerable<IReadOnlyList<int>> Groups => shape?.Alike ?? Enumerable.Range(0, features).Select(feature => (IReadOnlyList<int>)[feature]);

    public void Add(ReadOnlySpan<float> row)
    {
        _rows++;
        for (var i = 0; hasMoments && i < row.Length; i++)
        {
            var delta = row[i] - _means[i];
            _means[i] += delta / _rows;
            _squares[i] += delta * (row[i] - _means[i]);
        }

        if (sample is not null)
        {
            Keep(row, sample);
        }
    }

    public double Mean(IReadOnlyList<int> group) => group.Average(feature => _means[feature]);

    /// <summary>Standard deviation, divided by n; 0 for features that never vary.</summary>
    public double Deviation(IReadOnlyList<int> group)
    {
        var mean = Mean(group);
        return Math.Sqrt(group.Average(feature => (_squares[feature] / _rows) + ((_means[feature] - mean) * (_means[feature] - mean))));
    }

    /// <summary>The values of the sample, in order; not empty.</summary>
    public float[] Sorted(IReadOnlyList<int> group)
    {
        var values = new float[_kept.Count * group.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _kept[i / group.Count][group[i % group.Count]];
        }

        Array.Sort(values);
        return values;
    }

    // Reservoir sampling (algorithm R): every row is kept with the same probability.
    private void Keep(ReadOnlySpan<float> row, Random random)
    {
        if (_kept.Count < _capacity)
        {
            _kept.Add(row.ToArray());
        }
        else if (random.NextInt64(_rows) is var place && place < _capacity)
        {
            row.CopyTo(_kept[(int)place]);
        }
    }
}
