namespace MLNet.GradStability;

/// <summary>Collects one feature's statistics in one pass, in the memory of <paramref name="capacity"/> values.</summary>
internal sealed class FeatureSample(int capacity)
{
    // Makes the median absolute deviation of a normal distribution its standard deviation.
    private const double NormalConsistency = 1.4826;
    private readonly List<float> _kept = [];
    private long _finite;
    private long _nonFinite;
    private double _mean;
    private double _squares;

    public void Add(float value, Random random)
    {
        if (!float.IsFinite(value))
        {
            _nonFinite++;
            return;
        }

        // Welford's running mean and sum of squared deviations.
        _finite++;
        var delta = value - _mean;
        _mean += delta / _finite;
        _squares += delta * (value - _mean);

        // Reservoir sampling (algorithm R): every value is kept with the same probability.
        if (_kept.Count < capacity)
        {
            _kept.Add(value);
        }
        else if (random.NextInt64(_finite) is var place && place < capacity)
        {
            _kept[(int)place] = value;
        }
    }

    public FeatureStatistics Summarise()
    {
        if (_finite == 0)
        {
            return new(0, 1, ScaleSource.One, 0, _nonFinite);
        }

        double[] values = [.. _kept];
        var median = Median(values);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }

        var robust = NormalConsistency * Median(values);
        var standard = Math.Sqrt(_squares / _finite);
        var (scale, source) = robust > 0 ? (robust, ScaleSource.MedianAbsoluteDeviation)
            : standard > 0 ? (standard, ScaleSource.StandardDeviation)
            : (1, ScaleSource.One);
        return new(median, scale, source, _finite, _nonFinite);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
