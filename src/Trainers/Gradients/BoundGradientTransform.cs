namespace MLNet.GradStability;

/// <summary>A <see cref="GradientTransform"/> at work in one fit, with whatever it remembers from step to step.</summary>
public abstract class BoundGradientTransform : IDisposable
{
    /// <summary>Whether the gradients come out as they went in, so that a measured norm stays valid.</summary>
    internal virtual bool KeepsGradients => false;

    /// <summary>Changes the gradients in place, under <c>no_grad</c>. They are finite when it is called.</summary>
    /// <param name="step">The step, and the norms of its gradients.</param>
    public abstract void Apply(GradientStep step);

    /// <summary>
    /// Hands over what the transform remembers; by default nothing. Override it when your transform keeps state, so that roll-back and resume
    /// restore it.
    /// </summary>
    /// <param name="state">Reads or sets each piece.</param>
    public virtual void Exchange(RunState state)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors that the transform keeps.</summary>
    /// <param name="disposing">Whether it is called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
