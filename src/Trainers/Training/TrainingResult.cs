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

    /// <summary>Losses, gradient norms and rates of all steps, in at most 256 spans of equal length; always there.</summary>
    public IReadOnlyList<StepSpan> Spans { get; init; } = [];

    /// <summary>The layers every few steps, see <see cref="NeuralNetworkOptions.DiagnosisEvery"/>: at most 200 samples, evenly over the run. Empty when that is off.</summary>
    public IReadOnlyList<NetworkSample> Samples { get; init; } = [];

    /// <summary>What the training suffered from, if anything, and what to do; null when <see cref="NeuralNetworkOptions.DiagnosisEvery"/> is off.</summary>
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>What the guard noticed and did, in order; at most the first 1000.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>How often the guard went back to a snapshot.</summary>
    public long RollBacks { get; init; }

    /// <summary>Processes that shared the training, see <see cref="NeuralNetworkOptions.Distribution"/>; 1 for this one alone.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>The part of <see cref="Duration"/> that this process spent in sums over the ranks, waiting for the others included; since the last resumption.</summary>
    public TimeSpan Communication { get; init; }

    /// <summary>The columns and rows that it trained on; null when that is not known.</summary>
    public TrainingData? Data { get; init; }

    /// <summary>The machine and the software; null when that is not known.</summary>
    public TrainingEnvironment? Environment { get; init; }

    /// <summary>Writes the run as one HTML file; <see cref="TrainingReport"/> also shows options, network and evaluations. In a job of several processes the first one writes it.</summary>
    /// <param name="path">The file, overwritten if it is there; its folders are made.</param>
    public void SaveHtml(string path) => TrainingReport.Of(this).SaveHtml(path);

    /// <summary>Writes a header and a line an epoch, as <see cref="Callback.Csv"/> does while a network trains. In a job of several processes the first one writes it.</summary>
    /// <param name="path">The file, overwritten if it is there; its folders are made.</param>
    public void SaveCsv(string path)
    {
        Require.Text(path, "TrainingResult.SaveCsv", nameof(path), "Give one such as \"training.csv\".");
        if (!MpiProcess.Writes)
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var lines = new EpochCsv(MetricName, FinalValidation is not null);
        File.WriteAllText(path, lines.Header + string.Concat(Epochs.Select(lines.Row)));
    }

    /// <summary>
    /// Writes a TensorBoard event file with the curves of <see cref="Callback.TensorBoard"/>, where steps are the means of <see cref="Spans"/>, and
    /// <c>gradient_norm/used</c>, the norm after clipping. In a job of several processes the first one writes it.
    /// </summary>
    /// <param name="directory">The folder of the run; it is made.</param>
    public void SaveTensorBoard(string directory) =>
        RunEventFile.Write(this, Require.Text(directory, "TrainingResult.SaveTensorBoard", nameof(directory), "Give one such as \"runs/first\"."));
}
