namespace MLNet.GradStability;

/// <summary>One step of a range test.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Loss">The loss of the step's batch, before the update.</param>
/// <param name="SmoothedLoss">The mean of the losses so far, each step weighing 0.9 times the next.</param>
public sealed record LearningRatePoint(double Rate, double Loss, double SmoothedLoss);
