namespace Microsoft.ML.Data;

/// <summary>Metrics of scored regression data.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(RegressionSums sums)
    {
        MeanAbsoluteError = sums.MeanAbsoluteError;
        MeanSquaredError = sums.MeanSquaredError;
        RootMeanSquaredError = sums.RootMeanSquaredError;
        LossFunction = sums.LossFunction;
        RSquared = sums.RSquared;
    }

    /// <summary>Mean of |label − score|.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>Mean of (label − score)².</summary>
    public double MeanSquaredError { get; }

    /// <summary>Square root of <see cref="MeanSquaredError"/>.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>Mean of the squared loss, each computed in single precision.</summary>
    public double LossFunction { get; }

    /// <summary>Coefficient of determination; NaN when all labels are equal.</summary>
    public double RSquared { get; }
}
