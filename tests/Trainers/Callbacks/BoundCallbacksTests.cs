namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>The state of all callbacks together, as a checkpoint holds it.</summary>
[Trait("Row", "R16")]
public sealed class BoundCallbacksTests
{
    private static readonly CallbackScope Scope = new(null!, "RMSE", false, false, 1, 1, 1, new NeuralNetworkOptions(), Assert.Fail, Assert.Fail);

    [Fact]
    public void A_run_that_resumes_finds_its_place_its_rate_and_each_callback_as_they_were()
    {
        using var before = Bound();
        before.StepStarting(3, []);
        before.StepEnded(Step(21));
        before.StepEnded(Step(22));
        before.Run.RateScale = 0.25;
        using var snapshot = new StateSnapshot();
        snapshot.Capture(before.Exchange);

        using var after = Bound();
        snapshot.Restore(after.Exchange);
        Assert.Equal((22L, 3, 0.25), (after.Run.Step, after.Run.Epoch, after.Run.RateScale));
        Assert.Null(after.Run.Stopping);
        after.StepEnded(Step(23));
        Assert.Null(after.Run.Stopping);
        after.StepEnded(Step(24));
        Assert.Equal("Stopped by a callback in epoch 3 after 24 steps: 4 it is.", after.Run.Stopping!.Sentence);
    }

    [Fact]
    public void A_checkpoint_of_other_callbacks_is_refused()
    {
        using var before = Bound();
        using var snapshot = new StateSnapshot();
        snapshot.Capture(before.Exchange);
        using var other = new BoundCallbacks([new Counting(4)], Scope);
        other.Bind();
        Assert.Throws<FormatException>(() => snapshot.Restore(other.Exchange));
    }

    private static BoundCallbacks Bound()
    {
        var bound = new BoundCallbacks([new Counting(9), new Counting(4)], Scope);
        bound.Bind();
        return bound;
    }

    private static StepRecord Step(long step) => new(step, 3, 1, 1, 0.1, false);

    private sealed record Counting(int Most) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(Most);

        private sealed class Bound(int most) : BoundCallback
        {
            private int _steps;

            public override void StepEnded(RunControl run, StepRecord step)
            {
                if (++_steps == most)
                {
                    run.Stop($"{most} it is.");
                }
            }

            public override void Exchange(RunState state) => state.Exchange("steps", ref _steps);
        }
    }
}
