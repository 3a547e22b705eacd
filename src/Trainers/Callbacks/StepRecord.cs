namespace MLNet.GradStability;

/// <summary>The numbers of one step.</summary>
/// <param name="Step">The step, from 1, in the whole run.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean training loss over its rows, penalty included; what was computed, finite or not.</param>
/// <param name="GradientNorm">Global norm of the gradients before any transform; finite or not.</param>
/// <param name="LearningRate">The rate.</param>
/// <param name="Skipped">Whether the weights were left as they were.</param>
public sealed record StepRecord(long Step, int Epoch, double Loss, double GradientNorm, double LearningRate, bool Skipped);
