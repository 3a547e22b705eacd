using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

[Collection(nameof(Alone))]
public sealed class SweepBudgetTests
{
    private static readonly OptionSpace<NeuralNetworkOptions> Endless = OptionSpace.Of(RingsSweep.Options with { Epochs = 1_000_000 })
        .Uniform("share", 0, 0.1, (options, share) => options with { LabelSmoothing = share });

    [Fact]
    public void Cancelling_keeps_what_was_finished_and_ends_what_runs()
    {
        using var stop = new CancellationTokenSource();
        var sweep = RingsSweep.Of(new MLContext(1));
        using var result = sweep.With(Tuner.Random(), trials: 1000, cores: 2, cancellation: stop.Token, progress: new Receiver<SweepProgress<NeuralNetworkOptions>>(progress =>
        {
            if (progress.Ended.Count >= 3)
            {
                stop.Cancel();
            }
        })).Run();

        Assert.Equal("The sweep was cancelled.", result.Ending);
        Assert.InRange(result.Trials.Count, 3, 5);
        Assert.Equal(TrialState.Completed, result.Best.State);
        Assert.NotNull(result.Model);
    }

    [Fact]
    public void Time_that_is_over_ends_trials_in_progress()
    {
        using var result = RingsSweep.Of(new MLContext(1), Endless).With(Tuner.Random(), cores: 2, limit: TimeSpan.FromSeconds(1)).Run();

        Assert.Equal("The time limit of 1 s was reached.", result.Ending);
        Assert.InRange(result.Trials.Count, 1, 2);
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Cancelled, trial.State));
        Assert.InRange(result.Duration.TotalSeconds, 0.9, 60);
    }

    [Fact]
    public void Patience_counts_trials_without_a_better_metric()
    {
        var ml = new MLContext(1);
        double[] metrics = [0.1, 0.3, 0.2, 0.3, 0.1, 0.9];
        var calls = 0;
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml, RingsSweep.Space, options => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Of("own", true, (_, _) => metrics[calls++]));
        using var result = sweep.With(Tuner.Random(), patience: 3).Run();

        Assert.Equal(5, result.Trials.Count);
        Assert.Equal("The best has not been bettered in 3 trials in a row.", result.Ending);
    }

    [Fact]
    public void A_space_that_is_used_up_ends_the_sweep()
    {
        var space = OptionSpace.Of(RingsSweep.Options).Integer("batch", 8, 10, (options, batch) => options with { BatchSize = batch });
        using var result = RingsSweep.Of(new MLContext(1), space).With(Tuner.Random(), trials: 9).Run();

        Assert.Equal([8, 9, 10], result.Trials.Select(trial => trial.Options!.BatchSize).Order());
        Assert.Equal("All 3 points of the space were tried.", result.Ending);
    }

    [Fact]
    public void Progress_tells_what_runs_and_what_ended_one_call_at_a_time()
    {
        var (inside, most, reports) = (0, 0, new List<SweepProgress<NeuralNetworkOptions>>());
        var ml = new MLContext(1);

        // The first three trials wait for one another in their training: otherwise a short one may end before the third starts.
        using var together = new CountdownEvent(3);
        var sweep = new OptionSweep<NeuralNetworkOptions>(
            ml,
            RingsSweep.Space,
            options =>
            {
                var hasWaited = false;
                return ml.MulticlassClassification.Trainers.NeuralNetwork(options with
                {
                    Progress = new Receiver<TrainingProgress>(_ =>
                    {
                        if (!hasWaited && !together.IsSet)
                        {
                            together.Signal();
                            Assert.True(together.Wait(TimeSpan.FromMinutes(1)));
                        }

                        hasWaited = true;
                    }),
                });
            },
            SweepMetric.Accuracy("Ring"));
        using var result = sweep.With(Tuner.Random(), trials: 6, cores: 3, progress: new Receiver<SweepProgress<NeuralNetworkOptions>>(progress =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            reports.Add(progress);
            Interlocked.Decrement(ref inside);
        })).Run();

        Assert.Equal(1, most);
        Assert.Equal(6, reports[^1].Ended.Count);
        Assert.Empty(reports[^1].Running);
        Assert.Equal(result.Best, reports[^1].Ended[0]);
        Assert.Contains(reports, progress => progress.Running.Count == 3);
    }

    [Fact]
    public void The_log_has_a_line_a_trial()
    {
        var ml = new MLContext(1);
        var lines = new List<string>();
        ml.Log += (_, e) =>
        {
            lock (lines)
            {
                lines.Add(e.RawMessage);
            }
        };
        using var result = RingsSweep.Of(ml).WithTrials(2).Run();

        Assert.Contains(lines, line => line.StartsWith("Trial 2/2 completed in ", StringComparison.Ordinal) && line.Contains("rate ", StringComparison.Ordinal));
    }
}
