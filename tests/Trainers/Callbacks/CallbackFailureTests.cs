using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>An exception in a callback ends the fit, says where it came from, and leaves no tensor behind.</summary>
[Collection(nameof(Alone))]
[Trait("Row", "R16")]
public sealed class CallbackFailureTests
{
    public static TheoryData<string, string> Moments => new()
    {
        { "bind", "in Bind, before step 1" },
        { "start", "before step 3" },
        { "step", "after step 3" },
        { "epoch", "after epoch 2" },
        { "end", "at the end of the training, after step 30" },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void It_ends_the_fit_and_names_the_callback_and_the_moment(string moment, string words)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Runs.Fit(new Failing(moment)));
        Assert.Equal($"Failing failed {words}, which ended the fit: boom", error.Message);
        Assert.IsType<ArithmeticException>(error.InnerException);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void It_leaves_no_tensor_behind(string moment, string words)
    {
        var failing = Growth(() => Assert.Throws<InvalidOperationException>(() => Runs.Fit(new Failing(moment))));
        var passing = Growth(() => Runs.Fit(new Failing("never")).Dispose());
        Assert.True(failing == passing, FormattableString.Invariant($"{words}: {failing} tensors are left behind, {passing} after a fit without failure"));

        static long Growth(Action fit)
        {
            fit();
            var before = CallbackContractTests.Live();
            fit();

            // The finalizers would hide what nobody disposes.
            return Tensor.TotalCount - before;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void The_others_are_disposed(string moment, string words)
    {
        var disposed = 0;
        Assert.Throws<InvalidOperationException>(() => Runs.Fit(new Disposing(() => disposed++), new Failing(moment)));
        Assert.True(disposed == 1, words);
    }

    private sealed record Failing(string Moment) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope)
        {
            var bound = new Bound(Moment);
            bound.At("bind");
            return bound;
        }

        private sealed class Bound(string moment) : BoundCallback
        {
            public override void StepStarting(RunControl run, StepRows rows)
            {
                if (run.Step == 2)
                {
                    At("start");
                }
            }

            public override void StepEnded(RunControl run, StepRecord step)
            {
                if (step.Step == 3)
                {
                    At("step");
                }
            }

            public override void EpochEnded(RunControl run, EpochRecord epoch)
            {
                if (epoch.Epoch == 2)
                {
                    At("epoch");
                }
            }

            public override void TrainingEnded(TrainingResult result) => At("end");

            public void At(string now)
            {
                _ = zeros(5);
                if (now == moment)
                {
                    throw new ArithmeticException("boom");
                }
            }
        }
    }

    private sealed record Disposing(Action Disposed) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(Disposed);

        private sealed class Bound(Action disposed) : BoundCallback
        {
            protected override void Dispose(bool disposing) => disposed();
        }
    }
}
