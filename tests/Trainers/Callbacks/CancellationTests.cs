namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>A cancelled training gives back the best network so far.</summary>
[Trait("Row", "R16")]
public sealed class CancellationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_returns_the_best_epoch_by_validation_loss_or_by_what_early_stopping_monitors(bool byMetric)
    {
        using var stop = new CancellationTokenSource();
        var weights = new WeightsAtEpochs();
        var cancel = Callback.On(stepEnded: (_, step) =>
        {
            if (step.Step == 73)
            {
                stop.Cancel();
            }
        });
        using var model = Runs.Fit(Runs.Options with
        {
            Epochs = 100,
            Initializer = Initializer.ByActivation(),
            Optimizer = Optimizer.Adam(0.3),
            ValidationFraction = 0.2,
            EarlyStopping = byMetric ? new(Monitored.ValidationMetric, patience: 50) : null,
            Callbacks = [weights, cancel],
            CancellationToken = stop.Token,
        });
        var training = model.Model.Training!;
        var values = training.Epochs.Select(epoch => byMetric ? epoch.ValidationMetric : -epoch.ValidationLoss).ToList();
        var best = values.IndexOf(values.Max());
        Assert.Equal(
            new StopReason(StopKind.Cancelled, FormattableString.Invariant($"Cancelled in epoch 10 after 73 steps; the network is that of the best epoch, {best + 1}.")), training.StopReason);
        Assert.NotEqual(training.Epochs.Count - 1, best);
        Assert.Equal(weights.Taken[best], Runs.Weights(model));
    }
}
