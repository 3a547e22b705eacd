namespace MLNet.GradStability;

/// <summary>An <see cref="Optimizer"/> at work in one fit.</summary>
internal abstract class BoundOptimizer : IDisposable
{
    /// <summary>Changes the parameters by one step, under <c>no_grad</c>, with finite gradients in the flat storage.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="gradients">What may be asked of the gradients.</param>
    /// <returns>False when no step was taken because gradients computed anew were not finite; the parameters are then as before.</returns>
    public abstract bool Step(double rate, StepGradients gradients);

    /// <summary>Hands over what it remembers from step to step.</summary>
    public abstract void Exchange(RunState state);

    public abstract void Dispose();
}
