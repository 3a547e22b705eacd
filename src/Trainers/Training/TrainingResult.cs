namespace MLNet.GradStability;

/// <summary>What happened in a training: how it ended, and epoch by epoch what was measured.</summary>
/// <param name="StopReason">How it ended.</param>
/// <param name="MetricName">Name of <see cref="EpochRecord.Metric"/>: accuracy or RMSE.</param>
/// <param name="Epochs">The finished epochs, in order.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="SkippedSteps">Steps left out, because the loss or a gradient was not finite or out of all proportion.</param>
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
    TimeSpan Duration)
{
    /// <summary>The network on all training rows before the first step; null when that was not measured.</summary>
    public Evaluation? InitialTraining { get; init; }

    /// <summary>The network on all validation rows before the first step; null without validation rows.</summary>
    public Evaluation? InitialValidation { get; init; }

    /// <summary>The network that the fit returned on all validation rows; null without validation rows.</summary>
    public Evaluation? FinalValidation { get; init; }

    /// <summary>The layers every few steps, see <see cref="NeuralNetworkOptions.DiagnosisEvery"/>: at most 200 samples, evenly over the run. Empty when that is off.</summary>
    public IReadOnlyList<NetworkSample> Samples { get; init; } = [];

    /// <summary>What the training suffered from, if anything, and what to do; null when <see cref="NeuralNetworkOptions.DiagnosisEvery"/> is off.</summary>
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>What the guard noticed and did, in order; at most the first 1000.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>How often the guard went back to a snapshot.</summary>
    public long RollBacks { get; init; }
}
