namespace Microsoft.ML.Data;

/// <summary>Statistics of the changes of binary metrics.</summary>
public sealed class BinaryClassificationMetricsStatistics : IMetricsStatistics<BinaryClassificationMetrics>
{
    internal BinaryClassificationMetricsStatistics()
    {
    }

    /// <summary>Of the area under the ROC curve.</summary>
    public MetricStatistics AreaUnderRocCurve { get; } = new();

    /// <summary>Of the accuracy.</summary>
    public MetricStatistics Accuracy { get; } = new();

    /// <summary>Of the precision of positives.</summary>
    public MetricStatistics PositivePrecision { get; } = new();

    /// <summary>Of the recall of positives.</summary>
    public MetricStatistics PositiveRecall { get; } = new();

    /// <summary>Of the precision of negatives.</summary>
    public MetricStatistics NegativePrecision { get; } = new();

    /// <summary>Of the recall of negatives.</summary>
    public MetricStatistics NegativeRecall { get; } = new();

    /// <summary>Of F1.</summary>
    public MetricStatistics F1Score { get; } = new();

    /// <summary>Of the area under precision over recall.</summary>
    public MetricStatistics AreaUnderPrecisionRecallCurve { get; } = new();

    void IMetricsStatistics<BinaryClassificationMetrics>.Add(BinaryClassificationMetrics changed, BinaryClassificationMetrics baseline)
    {
        AreaUnderRocCurve.Add(changed.AreaUnderRocCurve - baseline.AreaUnderRocCurve);
        Accuracy.Add(changed.Accuracy - baseline.Accuracy);
        PositivePrecision.Add(changed.PositivePrecision - baseline.PositivePrecision);
        PositiveRecall.Add(changed.PositiveRecall - baseline.PositiveRecall);
        NegativePrecision.Add(changed.NegativePrecision - baseline.NegativePrecision);
        NegativeRecall.Add(changed.NegativeRecall - baseline.NegativeRecall);
        F1Score.Add(changed.F1Score - baseline.F1Score);
        AreaUnderPrecisionRecallCurve.Add(changed.AreaUnderPrecisionRecallCurve - baseline.AreaUnderPrecisionRecallCurve);
    }
}
