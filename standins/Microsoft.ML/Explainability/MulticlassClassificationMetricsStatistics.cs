namespace Microsoft.ML.Data;

/// <summary>Statistics of the changes of multiclass metrics.</summary>
public sealed class MulticlassClassificationMetricsStatistics : IMetricsStatistics<MulticlassClassificationMetrics>
{
    internal MulticlassClassificationMetricsStatistics()
    {
    }

    /// <summary>Of the macro accuracy.</summary>
    public MetricStatistics MacroAccuracy { get; } = new();

    /// <summary>Of the micro accuracy.</summary>
    public MetricStatistics MicroAccuracy { get; } = new();

    /// <summary>Of the log-loss.</summary>
    public MetricStatistics LogLoss { get; } = new();

    /// <summary>Of the log-loss reduction.</summary>
    public MetricStatistics LogLossReduction { get; } = new();

    /// <summary>Of the top-k accuracy.</summary>
    public MetricStatistics TopKAccuracy { get; } = new();

    /// <summary>Of the log-loss of each class; null before the first value.</summary>
    public IReadOnlyList<MetricStatistics> PerClassLogLoss { get; private set; }

    void IMetricsStatistics<MulticlassClassificationMetrics>.Add(MulticlassClassificationMetrics changed,
        MulticlassClassificationMetrics baseline)
    {
        MacroAccuracy.Add(changed.MacroAccuracy - baseline.MacroAccuracy);
        MicroAccuracy.Add(changed.MicroAccuracy - baseline.MicroAccuracy);
        LogLoss.Add(changed.LogLoss - baseline.LogLoss);
        LogLossReduction.Add(changed.LogLossReduction - baseline.LogLossReduction);
        TopKAccuracy.Add(changed.TopKAccuracy - baseline.TopKAccuracy);
        PerClassLogLoss ??= [.. changed.PerClassLogLoss.Select(_ => new MetricStatistics())];
        for (int c = 0; c < PerClassLogLoss.Count; c++)
            PerClassLogLoss[c].Add(changed.PerClassLogLoss[c] - baseline.PerClassLogLoss[c]);
    }
}
