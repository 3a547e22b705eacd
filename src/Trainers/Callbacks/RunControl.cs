namespace MLNet.GradStability;

/// <summary>Where a run stands, and the means of a callback to act on it. All callbacks of a fit share one.</summary>
public sealed class RunControl
{
    internal RunControl()
    {
    }

    /// <summary>Steps done so far in the whole run, skipped ones included.</summary>
    public long Step { get; internal set; }

    /// <summary>The epoch at work, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>
    /// Factor on every rate that the schedule gives from the next step on; finite and greater than 0, 1 at the start. Multiply it
    /// (<c>run.RateScale *= 0.5</c>) to leave the factors of other callbacks in place.
    /// </summary>
    public double RateScale
    {
        get;
        set => field = Require.Positive(value, nameof(RunControl), nameof(RateScale), "To end the run, call Stop.");
    } = 1;

    /// <summary>How the run is to end; null while it goes on.</summary>
    internal StopReason? Stopping { get; private set; }

    /// <summary>Ends the run before the next step; the first call counts.</summary>
    /// <param name="why">The reason, for <see cref="StopReason.Sentence"/>.</param>
    public void Stop(string why)
    {
        Require.Text(why, nameof(RunControl) + "." + nameof(Stop), nameof(why), "Say why the run ends.");
        Stop(StopReason.Stopped(Epoch, Step, why));
    }

    internal void Stop(StopReason reason) => Stopping ??= reason;

    internal void Exchange(RunState state)
    {
        var (step, epoch, scale) = (Step, Epoch, RateScale);
        state.Exchange("step", ref step);
        state.Exchange("epoch", ref epoch);
        state.Exchange("rate scale", ref scale);
        (Step, Epoch, RateScale) = (step, epoch, scale);
    }
}
