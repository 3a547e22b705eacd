namespace MLNet.GradStability;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean training loss over the rows seen, penalty included.</param>
/// <param name="Metric">Accuracy, or RMSE in units of the label, over the training rows as they were seen.</param>
/// <param name="MeanGradientNorm">Mean over the epoch's steps of the global gradient norm before any transform.</param>
/// <param name="MaxGradientNorm">Its maximum.</param>
/// <param name="LearningRate">Rate of the epoch's last step.</param>
/// <param name="SkippedSteps">Steps left out, because the loss or a gradient was not finite or out of all proportion.</param>
/// <param name="Duration">Time taken.</param>
public sealed record EpochRecord(
    int Epoch,
    double Loss,
    double Metric,
    double MeanGradientNorm,
    double MaxGradientNorm,
    double LearningRate,
    int SkippedSteps,
    TimeSpan Duration)
{
    /// <summary>Updates done in the whole run when it ended, skipped steps included.</summary>
    public long Steps { get; init; }

    /// <summary>Mean loss over all validation rows after the epoch, without penalties; NaN when there are none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>The metric over all validation rows after the epoch; NaN when there are none.</summary>
    public double ValidationMetric { get; init; } = double.NaN;
}
