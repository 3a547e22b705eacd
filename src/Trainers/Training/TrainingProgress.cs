namespace MLNet.GradStability;

/// <summary>The state of a training, as reported while it runs.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Step">Updates done in the whole run.</param>
/// <param name="TotalSteps">Updates in the whole run.</param>
/// <param name="Loss">Mean training loss of this epoch so far, penalty included.</param>
/// <param name="MetricName">Name of <paramref name="Metric"/>: accuracy, or RMSE in units of the label.</param>
/// <param name="Metric">The metric over the training rows of the last finished epoch; NaN before the first has ended.</param>
/// <param name="GradientNorm">Global norm of the last gradients, before any transform.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="RowsPerSecond">Rows trained per second since the start.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="Remaining">Estimated time to the end.</param>
/// <param name="IsEpochEnd">Whether this report closes an epoch.</param>
public sealed record TrainingProgress(
    int Epoch,
    int Epochs,
    long Step,
    long TotalSteps,
    double Loss,
    string MetricName,
    double Metric,
    double GradientNorm,
    double LearningRate,
    double RowsPerSecond,
    TimeSpan Elapsed,
    TimeSpan Remaining,
    bool IsEpochEnd);
