
namespace MLNet.GradStability.Tests;

/// <summary>What the guard concludes from losses and norms; the loss of a network that knows nothing is 2 here.</summary>
[Trait("Row", "R25")]
public class GuardStatisticsTests
{
    private const double Baseline = 2;
    private readonly GuardStatistics _statistics = new(new StabilityPolicy(), Baseline, steps: 1000, rows: 64);

    [Theory]
    [InlineData(double.NaN, 1, IncidentKind.NonFiniteLoss)]
    [InlineData(double.PositiveInfinity, 1, IncidentKind.NonFiniteLoss)]
    [InlineData(1, double.NaN, IncidentKind.NonFiniteGradient)]
    [InlineData(1, double.PositiveInfinity, IncidentKind.NonFiniteGradient)]
    public void A_number_that_is_not_finite_is_a_fault_from_the_first_step_on(double loss, double norm, IncidentKind kind) =>
        Assert.Equal(kind, _statistics.Judge(loss, norm)?.Kind);

    [Theory]
    [InlineData(9.9, 5, null)]
    [InlineData(10.1, 5, IncidentKind.GradientSpike)]
    [InlineData(10.1, 1.9, null)]
    [InlineData(1, 21, IncidentKind.LossSpike)]
    public void A_spike_is_ten_times_the_median_norm_with_the_loss_up_or_a_loss_ten_times_that_of_knowing_nothing(double norm, double loss, IncidentKind? kind)
    {
        Repeat(100, loss: 1, norm: 1);

        Assert.Equal(kind, _statistics.Judge(loss, norm)?.Kind);
    }

    [Fact]
    public void A_hard_row_late_in_a_good_training_is_no_spike()
    {
        Repeat(100, loss: 1, norm: 1);
        Repeat(300, loss: 0.001, norm: 0.001);

        Assert.Null(_statistics.Judge(loss: 1.5, norm: 2));
    }

    [Fact]
    public void A_norm_that_grows_while_the_loss_falls_is_a_network_that_begins_to_learn()
    {
        Repeat(150, loss: 1.9, norm: 0.01);

        Assert.Null(_statistics.Judge(loss: 1.8, norm: 5));
    }

    [Fact]
    public void A_loss_a_hundred_times_the_first_is_a_fault_before_there_is_a_history()
    {
        _statistics.Add(3, 1, 0.5);

        Assert.Null(_statistics.Judge(299, 1));
        Assert.Equal(IncidentKind.LossSpike, _statistics.Judge(301, 1)?.Kind);
    }

    [Theory]
    [InlineData(1, 4.5, 0.5, IncidentKind.LossRising)]
    [InlineData(0.2, 1.85, 0.5, IncidentKind.Relapse)]
    [InlineData(2, 2, 0.014, IncidentKind.DeadNetwork)]
    [InlineData(2, 2, 0.016, null)]
    [InlineData(0.9, 0.9, 0.014, null)]
    [InlineData(1, 1.5, 0.5, null)]
    [InlineData(4, 3.1, 0.5, null)]
    public void The_last_steps_together_show_where_a_training_goes(double first, double then, double thenShare, IncidentKind? kind)
    {
        Repeat(50, first, norm: 1);

        Assert.Equal(kind, Repeat(60, then, norm: 1, thenShare));
    }

    [Fact]
    public void A_network_that_knows_less_than_nothing_after_a_tenth_of_the_run_is_not_learning()
    {
        Assert.Null(Repeat(140, loss: 2.1, norm: 1));
        Assert.Equal(IncidentKind.NotLearning, Repeat(20, loss: 2.1, norm: 1));

        _statistics.Restart();
        Assert.Null(Repeat(140, loss: 2.1, norm: 1));
    }

    [Fact]
    public void A_loss_that_is_high_and_falls_is_a_network_that_learns()
    {
        for (var loss = 9.0; loss > 2.1; loss *= 0.999)
        {
            Assert.Null(_statistics.Add(loss, 1, 0.5));
        }
    }

    [Fact]
    public void A_plateau_at_what_a_network_that_knows_nothing_has_may_end()
    {
        Assert.Null(Repeat(900, loss: 2, norm: 1));
    }

    [Fact]
    public void Only_a_network_that_knows_something_and_has_not_got_worse_is_worth_keeping()
    {
        Repeat(31, 0.5, 1);
        Assert.False(_statistics.IsWorthKeeping);
        Repeat(1, 0.5, 1);
        Assert.True(_statistics.IsWorthKeeping);
        Assert.True(_statistics.EndsWell);
        Repeat(32, 1.2, 1);
        Assert.False(_statistics.IsWorthKeeping);
        Assert.False(_statistics.EndsWell);
    }

    [Fact]
    public void One_row_in_a_hundred_that_makes_most_of_the_loss_is_neither_spike_nor_relapse()
    {
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            // Two batches of three have no such row.
            var (loss, norm) = random.Next(3) == 0 ? (5.0 + random.NextDouble(), 3.0) : (0.01, 0.05);
            Assert.Null(_statistics.Judge(loss, norm));
            Assert.Null(_statistics.Add(loss, norm, 0.5 * norm));
        }
    }

    [Fact]
    public void A_network_that_fits_most_rows_exactly_is_not_dead()
    {
        Repeat(50, loss: 3, norm: 1);
        for (var i = 0; i < 500; i++)
        {
            Assert.Null(i % 4 == 0 ? _statistics.Add(5, 1, 0.5) : _statistics.Add(0, 0, 0));
        }
    }

    [Fact]
    public void What_comes_again_and_again_is_no_spike()
    {
        Repeat(100, loss: 1, norm: 1);
        var skipped = 0;
        for (var i = 0; i < 40; i++)
        {
            Repeat(9, loss: 1, norm: 1);
            if (_statistics.Judge(loss: 5, norm: 15) is { } spike)
            {
                _statistics.AddSkipped(spike);
                skipped++;
            }
            else
            {
                _statistics.Add(loss: 5, norm: 15, firstNorm: 7);
            }
        }

        Assert.InRange(skipped, 1, 5);
    }

    private IncidentKind? Repeat(int times, double loss, double norm, double share = 0.5)
    {
        IncidentKind? found = null;
        for (var i = 0; i < times; i++)
        {
            found = _statistics.Add(loss, norm, share * norm)?.Kind ?? found;
        }

        return found;
    }
}
