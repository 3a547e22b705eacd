namespace MLNet.GradStability;

/// <summary>A number that each epoch is judged by.</summary>
public enum Monitored
{
    /// <summary>The mean loss over the validation rows.</summary>
    ValidationLoss,

    /// <summary>The metric over the validation rows: accuracy or RMSE.</summary>
    ValidationMetric,

    /// <summary>The mean loss over the training rows as they were seen, penalty included.</summary>
    TrainingLoss,

    /// <summary>The metric over the training rows as they were seen.</summary>
    TrainingMetric,
}
