namespace MLNet.GradStability;

/// <summary>A <see cref="Constraint"/> at work in one fit.</summary>
public abstract class BoundConstraint
{
    /// <summary>Changes the weights in place, under <c>no_grad</c>, after the optimiser's step.</summary>
    public abstract void Apply();
}
