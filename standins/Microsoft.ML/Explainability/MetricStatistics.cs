namespace Microsoft.ML.Data;

/// <summary>Mean and spread of a metric over repetitions.</summary>
public sealed class MetricStatistics
{
    private double _m2;

    internal MetricStatistics()
    {
    }

    /// <summary>The mean.</summary>
    public double Mean { get; private set; }

    /// <summary>The standard deviation, corrected for the sample; 0 for one value.</summary>
    public double StandardDeviation => Count <= 1 ? 0 : Math.Sqrt(_m2 / (Count - 1));

    /// <summary>The standard error of the mean; 0 for one value.</summary>
    public double StandardError => Count <= 1 ? 0 : StandardDeviation / Math.Sqrt(Count);

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    internal void Add(double value)
    {
        double delta = value - Mean;
        double step = delta / (Count + 1);
        _m2 += Count * delta * step;
        Mean += step;
        Count++;
    }
}

/// <summary>Statistics of the changes of metrics.</summary>
internal interface IMetricsStatistics<in TMetrics>
{
    /// <summary>Takes in how the metrics differ from those before the change.</summary>
    void Add(TMetrics changed, TMetrics baseline);
}
