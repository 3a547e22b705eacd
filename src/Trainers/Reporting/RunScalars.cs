namespace MLNet.GradStability;

/// <summary>What TensorBoard is shown of a run: tags and numbers.</summary>
/// <param name="metricName">What the metric is called.</param>
/// <param name="hasValidation">Whether there is validation.</param>
internal sealed class RunScalars(string metricName, bool hasValidation)
{
    /// <summary>What the first weights are worth on the validation rows.</summary>
    public (string Tag, double Value)[] OfStart(Evaluation validation) => [("loss/validation", validation.Loss), (metricName + "/validation", validation.Metric)];

    /// <summary>A step, or the means of some.</summary>
    public static (string Tag, double Value)[] OfStep(double loss, double rate, double norm) => [("loss/train", loss), ("learning_rate", rate), ("gradient_norm", norm)];

    /// <summary>An epoch.</summary>
    public (string Tag, double Value)[] OfEpoch(EpochRecord epoch) =>
    [
        ("loss/train_epoch", epoch.Loss),
        (metricName + "/train", epoch.Metric),
        .. hasValidation ? new[] { ("loss/validation", epoch.ValidationLoss), (metricName + "/validation", epoch.ValidationMetric) } : [],
    ];
}
