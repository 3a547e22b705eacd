using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

[Collection(nameof(Alone))]
public sealed class OptionSweepTests
{
    [Fact]
    public void The_best_trial_has_the_best_metric_and_its_model_scores_so()
    {
        var ml = new MLContext(1);
        using var result = RingsSweep.Of(ml).WithTrials(8).Run();

        Assert.Equal(8, result.Trials.Count);
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
        Assert.Equal(result.Trials.Max(trial => trial.Metric), result.Best.Metric);
        Assert.Equal(result.Best.Metric, ml.MulticlassClassification.Evaluate(result.Model!.Transform(Samples.RingsView(ml, 60, seed: 2)), "Ring").MicroAccuracy);
        Assert.True(result.Best.Metric > result.Trials[^1].Metric, "the space makes a difference");
        Assert.All(result.Trials, trial => Assert.Equal(4, trial.Curve.Count));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    [InlineData("grid")]
    public void Many_trials_at_once_are_those_of_one_after_the_other(string kind)
    {
        var tuner = TunerKinds.Of(kind);
        using var serial = RingsSweep.Of(new MLContext(1)).With(tuner, cores: 1).Run();
        using var parallel = RingsSweep.Of(new MLContext(1)).With(tuner, cores: 4).Run();

        Assert.Equal(serial.Facts(), parallel.Facts());
        Assert.Equal(serial.Best.Number, parallel.Best.Number);
    }

    [Fact]
    public void Another_seed_tries_other_values()
    {
        using var first = RingsSweep.Of(new MLContext(1)).With(Tuner.Random(), trials: 3).Run();
        using var second = RingsSweep.Of(new MLContext(1)).With(Tuner.Random(), trials: 3, seed: 2).Run();

        Assert.NotEqual(first.Facts(), second.Facts());
    }

    [Fact]
    public void Cross_validation_takes_the_mean_over_folds_and_refits()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml, 60);
        using var result = RingsSweep.Of(ml).WithTrials(2).CrossValidate(data, folds: 3);

        Assert.All(result.Trials, trial =>
        {
            Assert.Equal(3, trial.FoldMetrics.Count);
            Assert.Equal(trial.FoldMetrics.Average(), trial.Metric, 12);
        });
        Assert.Null(result.Model);
        Assert.Contains("Score", result.Refit(data).GetOutputSchema(data.Schema).Select(column => column.Name));
    }

    [Fact]
    public void Torch_has_its_threads_back()
    {
        var before = TorchSharp.torch.get_num_threads();
        using var result = RingsSweep.Of(new MLContext(1)).WithTrials(1).Run();

        Assert.Equal(before, TorchSharp.torch.get_num_threads());
    }
}
