namespace Microsoft.ML.Data;

/// <summary>Statistics of the changes of regression metrics.</summary>
public sealed class RegressionMetricsStatistics : IMetricsStatistics<RegressionMetrics>
{
    internal RegressionMetricsStatistics()
    {
    }

    /// <summary>Of the mean absolute error.</summary>
    public MetricStatistics MeanAbsoluteError { get; } = new();

    /// <summary>Of the mean squared error.</summary>
    public MetricStatistics MeanSquaredError { get; } = new();

    /// <summary>Of the root mean squared error.</summary>
    public MetricStatistics RootMeanSquaredError { get; } = new();

    /// <summary>Of the mean loss.</summary>
    public MetricStatistics LossFunction { get; } = new();

    /// <summary>Of R².</summary>
    public MetricStatistics RSquared { get; } = new();

    void IMetricsStatistics<RegressionMetrics>.Add(RegressionMetrics changed, RegressionMetrics baseline)
    {
        MeanAbsoluteError.Add(changed.MeanAbsoluteError - baseline.MeanAbsoluteError);
        MeanSquaredError.Add(changed.MeanSquaredError - baseline.MeanSquaredError);
        RootMeanSquaredError.Add(changed.RootMeanSquaredError - baseline.RootMeanSquaredError);
        LossFunction.Add(changed.LossFunction - baseline.LossFunction);
        RSquared.Add(changed.RSquared - baseline.RSquared);
    }
}
