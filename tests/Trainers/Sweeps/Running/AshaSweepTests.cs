using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>Successive halving on real trainings.</summary>
[Collection(nameof(Alone))]
public sealed class AshaSweepTests
{
    private static readonly OptionSpace<NeuralNetworkOptions> Space = OptionSpace.Of(RingsSweep.Options with { ValidationFraction = 0.3, Epochs = 9 })
        .LogUniform("rate", 1e-5, 0.1, (options, rate) => options with { Optimizer = Optimizer.Adam(rate) });

    [Fact]
    public void Weak_trials_end_at_a_rung_by_the_table_of_their_numbers()
    {
        var tuner = Tuner.Asha(eta: 3, minEpochs: 1, monitor: Monitored.ValidationLoss);
        using var result = RingsSweep.Of(new MLContext(1), Space).With(tuner, trials: 15).Run();
        var rungs = new Rungs(3, 1, Monitored.ValidationLoss);
        foreach (var trial in result.Trials.OrderBy(trial => trial.Number))
        {
            var end = trial.Curve.FirstOrDefault(epoch => !rungs.Reach(epoch, true))?.Epoch ?? 9;
            Assert.Equal(end, trial.Epochs);
            Assert.Equal(end < 9 ? TrialState.Stopped : TrialState.Completed, trial.State);
        }

        Assert.InRange(result.Trials.Count(trial => trial.State == TrialState.Stopped), 4, 14);
        Assert.All(result.Trials.Where(trial => trial.State == TrialState.Stopped), trial => Assert.Equal(FormattableString.Invariant($"Others were better at epoch {trial.Epochs}."), trial.Reason));
        Assert.Equal(TrialState.Completed, result.Best.State);
        Assert.All(result.Trials, trial => Assert.True(double.IsFinite(trial.Metric)));
    }

    [Fact]
    public void Without_validation_rows_it_says_what_to_set()
    {
        var error = Assert.ThrowsAny<InvalidOperationException>(() => RingsSweep.Of(new MLContext(1)).With(Tuner.Asha()).Run());

        Assert.Contains("Set ValidationFraction", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_trainer_that_is_not_watched_it_says_what_to_do()
    {
        var ml = new MLContext(1);
        var sweep = new OptionSweep<NeuralNetworkOptions>(ml, Space, (options, _) => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Accuracy("Ring"));
        var error = Assert.ThrowsAny<InvalidOperationException>(() => sweep.With(Tuner.Asha()).Run());

        Assert.Contains("trial.Watch(options)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_folds_it_cannot_judge()
    {
        var ml = new MLContext(1);

        Assert.Contains("Use Run with validation rows", Assert.Throws<ArgumentException>(() => RingsSweep.Of(ml, Space).With(Tuner.Asha()).CrossValidate(Samples.RingsView(ml, 60))).Message, StringComparison.Ordinal);
    }
}
