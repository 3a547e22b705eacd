using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>TerminateOnNaN ends a run at the first number that is not finite.</summary>
[Trait("Row", "R16")]
public sealed class NonFiniteCallbackTests
{
    [Fact]
    public void The_first_loss_that_is_not_finite_ends_the_run_with_the_weights_before_it()
    {
        double[]? before = null;
        using var model = Runs.Fit(
            Callback.TerminateOnNaN(),
            new Spoiling(12, weights => before = weights));
        var training = model.Model.Training!;
        Assert.Equal(StopKind.Diverged, training.StopReason.Kind);
        Assert.StartsWith("Diverged: the loss of step 12 was not finite, on which Callback.TerminateOnNaN ends a run; ", training.StopReason.Sentence, StringComparison.Ordinal);
        Assert.Equal((12L, 1L), (training.Steps, training.SkippedSteps));
        Assert.Equal(before, Runs.Weights(model));
    }

    [Theory]
    [InlineData(double.NaN, 1, "loss")]
    [InlineData(double.PositiveInfinity, double.NaN, "loss")]
    [InlineData(1, double.NegativeInfinity, "gradient")]
    [InlineData(1, 1, null)]
    public void Loss_and_gradient_are_looked_at(double loss, double norm, string? named)
    {
        using var bound = Callback.TerminateOnNaN().Bind(null!);
        var run = new RunControl();
        bound.StepEnded(run, new StepRecord(1, 1, loss, norm, 0.1, false));
        Assert.Equal(named is null, run.Stopping is null);
        Assert.Contains($"the {named ?? "loss"} of step 1", run.Stopping?.Sentence ?? "the loss of step 1", StringComparison.Ordinal);
    }

    private sealed record Spoiling(int Step, Action<double[]> Before) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(this, scope.Network);

        private sealed class Bound(Spoiling description, nn.Module<Tensor, Tensor> network) : BoundCallback
        {
            public override void StepStarting(RunControl run, StepRows rows)
            {
                if (run.Step == description.Step - 1)
                {
                    description.Before([.. network.parameters().SelectMany(parameter => parameter.ToArray())]);
                    rows.Features.fill_(double.PositiveInfinity);
                }
            }
        }
    }
}
