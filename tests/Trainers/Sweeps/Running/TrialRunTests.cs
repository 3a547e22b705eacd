namespace MLNet.GradStability.Tests.Sweeps;

public sealed class TrialRunTests
{
    [Fact]
    public void Options_get_the_seed_and_cancellation_of_the_sweep_and_keep_their_own()
    {
        using var sweep = new CancellationTokenSource();
        using var own = new CancellationTokenSource();
        var trial = new TrialRun(1, 5, sweep.Token);
        var stop = Callback.TerminateOnNaN();

        Assert.Equal((5, sweep.Token), (trial.Watch(new()).Seed, trial.Watch(new()).CancellationToken));
        var watched = trial.Watch(new() { Seed = 9, CancellationToken = own.Token, Callbacks = [stop] });
        Assert.Equal((9, stop, 2), (watched.Seed, watched.Callbacks[0], watched.Callbacks.Count));
        own.Cancel();
        Assert.True(watched.CancellationToken.IsCancellationRequested);
        Assert.False(sweep.IsCancellationRequested);

        var second = trial.Watch(new() { CancellationToken = new CancellationTokenSource().Token });
        sweep.Cancel();
        Assert.True(second.CancellationToken.IsCancellationRequested);
        trial.Release();
    }
}
