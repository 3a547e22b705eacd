namespace MLNet.GradStability;

/// <summary>
/// Ends a run on all ranks after the same step. What makes a run end in the same place everywhere needs no vote; what a program asks for, by a callback or a cancellation token,
/// may come on one rank alone: it is told to the others with the gradients of the next step, after which all of them end.
/// </summary>
/// <param name="ranks">The ranks.</param>
/// <param name="exchange">Carries the wishes; null for a single process, which follows its own at once.</param>
/// <param name="run">Receives what callbacks ask for.</param>
/// <param name="cancellation">Ends the run.</param>
internal sealed class StopVote(ICollective ranks, GradientExchange? exchange, RunControl run, CancellationToken cancellation)
{
    /// <summary>How the run is to end after a step; null when it goes on.</summary>
    /// <param name="cancelled">The reason when it was cancelled.</param>
    public StopReason? AfterStep(Func<StopReason> cancelled)
    {
        var (stop, cancel) = (run.Stopping is not null, cancellation.IsCancellationRequested);
        if (exchange is not null)
        {
            exchange.Wish = (stop, cancel);
            (stop, cancel) = exchange.Wishes;
        }

        return stop ? Asked() : cancel ? cancelled() : null;
    }

    /// <summary>The same where no gradients travel: before the first step and after an epoch, where callbacks alone are asked.</summary>
    public StopReason? BetweenEpochs()
    {
        var votes = new double[] { run.Stopping is null ? 0 : 1 };
        ranks.Sum(votes);
        return votes[0] > 0 ? Asked() : null;
    }

    private StopReason Asked() => run.Stopping ?? StopReason.Stopped(run.Epoch, run.Step, "another rank asked for it.");
}
