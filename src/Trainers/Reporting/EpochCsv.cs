using System.Globalization;

namespace MLNet.GradStability;

/// <summary>Epochs as lines of a CSV file, the same in every culture.</summary>
/// <param name="metricName">What the metric is called.</param>
/// <param name="hasValidation">Whether there are columns for validation.</param>
internal sealed class EpochCsv(string metricName, bool hasValidation)
{
    /// <summary>The first line.</summary>
    public string Header => Line(
    [
        "epoch",
        "loss",
        metricName,
        .. hasValidation ? ["validation_loss", "validation_" + metricName] : Array.Empty<object>(),
        "mean_gradient_norm",
        "max_gradient_norm",
        "learning_rate",
        "skipped_steps",
        "seconds",
    ]);

    /// <summary>The line of an epoch.</summary>
    public string Row(EpochRecord epoch) => Line(
    [
        epoch.Epoch,
        epoch.Loss,
        epoch.Metric,
        .. hasValidation ? [epoch.ValidationLoss, epoch.ValidationMetric] : Array.Empty<object>(),
        epoch.MeanGradientNorm,
        epoch.MaxGradientNorm,
        epoch.LearningRate,
        epoch.SkippedSteps,
        epoch.Duration.TotalSeconds,
    ]);

    private static string Line(IEnumerable<object> cells) => string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))) + "\n";
}
