namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>What schedules do at the edges; their values against PyTorch are in <see cref="OptimizerReferenceTests"/>.</summary>
[Trait("Row", "R8")]
public sealed class ScheduleTests
{
    [Fact]
    public void A_number_is_a_constant_rate() => Assert.Equal(Schedule.Constant(0.25), 0.25);

    [Fact]
    public void Warm_up_in_front_of_a_cosine_is_warmup_cosine() =>
        Assert.All(Enumerable.Range(0, 200), step => Assert.Equal(
            Schedule.WarmupCosine(0.3, 20, 0.01).RateAt(step, 200), Schedule.Cosine(0.3, 0.01).WithWarmup(20).RateAt(step, 200), 12));

    [Fact]
    public void Warm_up_takes_a_fifth_of_a_short_run() => Assert.Equal(0.1, Schedule.Constant(0.1).WithWarmup(1000).RateAt(2, 10));

    [Fact]
    public void Counted_in_epochs_a_rate_changes_between_epochs_alone()
    {
        var bound = Schedule.Exponential(1, 0.5).PerEpoch().Bind(new RunLength(10, 4));
        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25], Enumerable.Range(0, 10).Select(step => bound.RateAt(step)));
    }

    [Fact]
    public void Counted_in_epochs_a_fall_ends_with_the_last_epoch()
    {
        var bound = Schedule.Polynomial(1).PerEpoch().Bind(new RunLength(8, 2));
        Assert.Equal([1, 0.75, 0.5, 0.25], new[] { 0, 2, 4, 6 }.Select(step => bound.RateAt(step)));
    }

    [Fact]
    public void A_plateau_is_left_by_a_loss_that_is_lower()
    {
        var bound = Schedule.OnPlateau(1, 0.5, patience: 1, minRate: 0.2).Bind(new RunLength(100, 10));
        Assert.Equal([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2], Rates(bound, [3, 3, 3, 2, 2, double.NaN, 2, 2.5]));
    }

    [Fact]
    public void A_plateau_rests_after_a_change()
    {
        var bound = Schedule.OnPlateau(1, 0.5, patience: 0, cooldown: 2).Bind(new RunLength(100, 10));
        Assert.Equal([1, 0.5, 0.5, 0.5, 0.25], Rates(bound, [1, 1, 1, 1, 1]));
    }

    [Fact]
    public void A_plateau_of_losses_below_zero()
    {
        var bound = Schedule.OnPlateau(1, 0.5, patience: 0, threshold: 0.1).Bind(new RunLength(100, 10));
        Assert.Equal([1, 0.5, 0.5], Rates(bound, [-1, -1.05, -1.2]));
    }

    [Fact]
    public void One_cycle_rises_to_its_peak_and_ends_far_below_its_start()
    {
        var schedule = Schedule.OneCycle(1, 0.25, 10, 100);
        Assert.Equal(0.1, schedule.RateAt(0, 100), 12);
        Assert.Equal(1, schedule.RateAt(24, 100), 12);
        Assert.Equal(0.001, schedule.RateAt(99, 100), 12);
        Assert.All([1L, 2, 3], total => Assert.InRange(schedule.RateAt(total - 1, total), 0, 1));
    }

    private static IEnumerable<double> Rates(BoundSchedule bound, double[] losses)
    {
        for (var i = 0; i < losses.Length; i++)
        {
            bound.EpochEnded(losses[i]);
            yield return bound.RateAt((i + 1) * 10);
        }
    }
}
