namespace MLNet.GradStability;

/// <summary>A point of the learning curve of a trial.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean training loss, penalty included.</param>
/// <param name="ValidationLoss">Mean loss over the trainer's own validation rows; NaN when it has none.</param>
/// <param name="ValidationMetric">The trainer's metric over them, accuracy or RMSE; NaN when it has none.</param>
public sealed record TrialEpoch(int Epoch, double Loss, double ValidationLoss, double ValidationMetric);
