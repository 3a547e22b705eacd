namespace MLNet.GradStability;

/// <summary>A <see cref="Callback"/> at work in one fit; each call does nothing unless overridden. All are made under <c>no_grad</c>.</summary>
public abstract class BoundCallback : IDisposable
{
    /// <summary>Called once, before the first step of the run; not when a run resumes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="training">What the first weights are worth on all training rows; null when that was not measured.</param>
    /// <param name="validation">The same on the validation rows; null when there are none.</param>
    public virtual void TrainingStarted(RunControl run, Evaluation? training, Evaluation? validation)
    {
    }

    /// <summary>Called before each mini-batch of a step is used; a step has <see cref="StepRows.Parts"/> of them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rows">The rows, whose tensors may be changed in place.</param>
    public virtual void StepStarting(RunControl run, StepRows rows)
    {
    }

    /// <summary>Called after each step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step's numbers.</param>
    public virtual void StepEnded(RunControl run, StepRecord step)
    {
    }

    /// <summary>Called after each epoch.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">The epoch's numbers.</param>
    public virtual void EpochEnded(RunControl run, EpochRecord epoch)
    {
    }

    /// <summary>Called once, when the final weights stand; not when the fit ends with an exception.</summary>
    /// <param name="result">What happened.</param>
    public virtual void TrainingEnded(TrainingResult result)
    {
    }

    /// <summary>
    /// Hands over what the callback remembers; by default nothing. Override it when your callback keeps state, so that resuming from a checkpoint
    /// restores it. A roll-back of the guard leaves callbacks as they are.
    /// </summary>
    /// <param name="state">Reads or sets each piece.</param>
    public virtual void Exchange(RunState state)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the callback holds; called when the fit ends, however it ends.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
