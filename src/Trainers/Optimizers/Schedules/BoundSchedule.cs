namespace MLNet.GradStability;

/// <summary>A <see cref="Schedule"/> at work in one fit.</summary>
public abstract class BoundSchedule
{
    /// <summary>The rate at one step.</summary>
    /// <param name="step">The number of the update, from 0.</param>
    /// <returns>A finite rate, 0 or greater.</returns>
    public abstract double RateAt(long step);

    /// <summary>Called after each epoch.</summary>
    /// <param name="loss">The monitored loss; NaN when the epoch gave none.</param>
    public virtual void EpochEnded(double loss)
    {
    }

    /// <summary>
    /// Hands over what the schedule remembers; by default nothing. Override it when your schedule keeps state, so that roll-back and resume
    /// restore it.
    /// </summary>
    /// <param name="state">Reads or sets each piece.</param>
    public virtual void Exchange(RunState state)
    {
    }
}
