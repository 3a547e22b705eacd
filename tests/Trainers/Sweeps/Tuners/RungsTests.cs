namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>Asynchronous successive halving, by hand.</summary>
public sealed class RungsTests
{
    /// <summary>η = 3: of the n at the rung so far the best max(1, ⌊n/3⌋) go on.</summary>
    [Fact]
    public void Who_goes_on_follows_a_table_worked_by_hand()
    {
        var rungs = new Rungs(3, 1, Monitored.ValidationLoss);
        (double Loss, bool GoesOn)[] table =
        [
            (5.0, true),   // n = 1, 1 goes on: 5
            (4.0, true),   // n = 2, 1: 4
            (6.0, false),  // n = 3, 1: 4
            (3.0, true),   // n = 4, 1: 3
            (7.0, false),  // n = 5, 1: 3
            (3.5, true),   // n = 6, 2: 3, 3.5
            (3.2, true),   // n = 7, 2: 3, 3.2
            (3.4, false),  // n = 8, 2: 3, 3.2
            (3.4, true),   // n = 9, 3: 3, 3.2, 3.4 and 3.4, which is as good
            (double.NaN, false),
            (9.0, false),  // n = 11, 3
            (3.45, false), // n = 12, 4: 3, 3.2, 3.4, 3.4
            (1.0, true),
        ];
        foreach (var (loss, goesOn) in table)
        {
            Assert.Equal(goesOn, rungs.Reach(1, loss));
        }
    }

    [Fact]
    public void Rungs_are_at_the_first_epoch_and_its_multiples_by_powers_of_eta_and_apart()
    {
        var rungs = new Rungs(3, 2, Monitored.ValidationLoss);
        Assert.All(Enumerable.Range(1, 60), epoch => Assert.True(rungs.Reach(epoch, 1)));
        var stopped = Enumerable.Range(1, 60).Where(epoch => !rungs.Reach(epoch, 2)).ToArray();

        Assert.Equal([2, 6, 18, 54], stopped);
    }

    [Fact]
    public void A_metric_counts_by_its_direction()
    {
        var rungs = new Rungs(3, 1, Monitored.ValidationMetric);
        Assert.True(rungs.Reach(new TrialEpoch(1, 0, 9, 0.8), higherMetricIsBetter: true));
        Assert.False(rungs.Reach(new TrialEpoch(1, 0, 1, 0.7), higherMetricIsBetter: true));
        Assert.True(rungs.Reach(new TrialEpoch(1, 0, 1, 0.9), higherMetricIsBetter: true));

        var errors = new Rungs(3, 1, Monitored.ValidationMetric);
        Assert.True(errors.Reach(new TrialEpoch(1, 0, 9, 0.8), higherMetricIsBetter: false));
        Assert.True(errors.Reach(new TrialEpoch(1, 0, 1, 0.7), higherMetricIsBetter: false));
        Assert.False(errors.Reach(new TrialEpoch(1, 0, 1, 0.9), higherMetricIsBetter: false));
    }
}
