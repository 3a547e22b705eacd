namespace MLNet.GradStability;

/// <summary>Mean and deviation of each feature, gathered row by row (Welford 1962), and a sample of rows for quantiles.</summary>
/// <param name="features">Features a row.</param>
/// <param name="sample">Draws which rows are kept for quantiles; null when none are needed.</param>
internal sealed class FeatureSummary(int features, Random? sample)
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

    public void Add(ReadOnlySpan<float> row)
    {
        _rows++;
        for (var i = 0; i < row.Length; i++)
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

    public double Mean(int feature) => _means[feature];

    /// <summary>Standard deviation, divided by n; 0 for a feature that never varies.</summary>
    public double Deviation(int feature) => Math.Sqrt(_squares[feature] / _rows);

    /// <summary>The values of the sample, in order; not empty.</summary>
    public float[] Sorted(int feature)
    {
        var values = new float[_kept.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _kept[i][feature];
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
