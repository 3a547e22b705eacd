namespace MLNet.GradStability;

/// <summary>What an optimiser may ask of the gradients of the step at hand.</summary>
/// <param name="Transform">Sends the gradients as they stand through the gradient chain; asked for once, just before the update.</param>
/// <param name="Recompute">Computes the gradients anew, penalty included, for the same rows at the weights as they are now; false when they are not finite.</param>
internal sealed record StepGradients(Action Transform, Func<bool> Recompute);
