namespace MLNet.GradStability;

/// <summary>What a network is worth on rows, measured over all of them as in scoring: without dropout, and with running statistics.</summary>
/// <param name="Loss">Mean loss, weighted by the example weights; penalties on the weights are not in it.</param>
/// <param name="Metric">The metric named by <see cref="TrainingResult.MetricName"/>: accuracy, or RMSE in units of the label.</param>
public sealed record Evaluation(double Loss, double Metric);
