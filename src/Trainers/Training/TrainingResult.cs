namespace MLNet.GradStability;

/// <summary>What happened in a training: how it ended, and epoch by epoch what was measured.</summary>
/// <param name="StopReason">How it ended.</param>
/// <param name="MetricName">Name of <see cref="EpochRecord.Metric"/>: accuracy or RMSE.</param>
/// <param name="Epochs">The finished epochs, in order.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="SkippedSteps">Steps left out because the loss or a gradient was not finite.</param>
/// <param name="Rows">Rows of training data.</param>
/// <param name="Seed">The seed that was used; the same seed repeats the fit.</param>
/// <param name="Duration">Time taken by the training loop.</param>
public sealed record TrainingResult(
    StopReason StopReason,
    string MetricName,
    IReadOnlyList<EpochRecord> Epochs,
    long Steps,
    long SkippedSteps,
    long Rows,
    int Seed,
    TimeSpan Duration);
