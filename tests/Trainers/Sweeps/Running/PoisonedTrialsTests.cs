using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>Trials that go wrong are kept with their reason and never win.</summary>
[Collection(nameof(Alone))]
public sealed class PoisonedTrialsTests
{
    private enum Poison
    {
        None,
        Throws,
        Diverges,
        DivergesAndThrows,
    }

    [Fact]
    public void Each_has_its_state_and_reason()
    {
        var space = OptionSpace.Of(RingsSweep.Options).Choice("poison", (options, poison) => poison switch
        {
            Poison.Throws => options with { LabelColumnName = "Missing" },
            Poison.Diverges => options with { Stability = null, Gradients = null, Optimizer = Optimizer.Sgd(1e30) },
            Poison.DivergesAndThrows => options with { Optimizer = Optimizer.Sgd(1e30), Gradients = null, Stability = new() { BadSteps = 1, MaxRollBacks = 0, OnDivergence = DivergenceAction.Throw } },
            _ => options,
        }, Enum.GetValues<Poison>());
        using var result = RingsSweep.Of(new MLContext(1), space).With(Tuner.Grid(), cores: 2).Run();
        var trials = result.Trials.ToDictionary(trial => (Poison)trial.Values[0].Value);

        Assert.Equal(Poison.None, (Poison)result.Best.Values[0].Value);
        Assert.Equal(TrialState.Failed, trials[Poison.Throws].State);
        Assert.Contains("Missing", trials[Poison.Throws].Reason, StringComparison.Ordinal);
        Assert.Equal(TrialState.Diverged, trials[Poison.Diverges].State);
        Assert.StartsWith("Diverged in epoch", trials[Poison.Diverges].Reason, StringComparison.Ordinal);
        Assert.Equal(TrialState.Diverged, trials[Poison.DivergesAndThrows].State);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_metric_that_is_no_number_never_is_the_best(double bad)
    {
        foreach (var higherIsBetter in new[] { true, false })
        {
            var ml = new MLContext(1);
            var calls = 0;
            var sweep = new OptionSweep<NeuralNetworkOptions>(
                ml,
                RingsSweep.Space,
                options => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
                SweepMetric.Of("own", higherIsBetter, (_, _) => ++calls == 2 ? 0.5 : bad)).With(Tuner.Random(), trials: 3);
            using var result = sweep.Run();

            Assert.Equal(2, result.Best.Number);
            Assert.Equal(2, result.Trials.Count(trial => trial.State == TrialState.Failed && trial.Reason!.Contains("must be a finite number", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_fold_that_fails_fails_the_trial()
    {
        var ml = new MLContext(1);
        var calls = 0;
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml, RingsSweep.Space, options => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Of("own", true, (_, _) => ++calls == 2 ? throw new IOException("gone") : 1));
        using var result = sweep.With(Tuner.Random(), trials: 2).CrossValidate(Samples.RingsView(ml, 60), folds: 2);

        Assert.Equal((1, TrialState.Failed, "gone"), (result.Trials[1].Number, result.Trials[1].State, result.Trials[1].Reason));
        Assert.Equal(2, result.Best.Number);
    }

    [Fact]
    public void A_fault_in_the_receiver_of_progress_ends_the_sweep()
    {
        var sweep = RingsSweep.Of(new MLContext(1));
        var error = Assert.Throws<IOException>(() => sweep.With(sweep.Tuner, cores: 2, progress: new Receiver<SweepProgress<NeuralNetworkOptions>>(_ => throw new IOException("full"))).Run());

        Assert.Equal("full", error.Message);
    }
}
