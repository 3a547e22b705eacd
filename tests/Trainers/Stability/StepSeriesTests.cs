namespace MLNet.GradStability.Tests.Stability;

/// <summary>The steps that stood out.</summary>
[Trait("Row", "R25")]
public class StepSeriesTests
{
    private readonly StepSeries _series = new(baseline: 2.3);

    [Fact]
    public void A_step_that_is_not_finite_stands_out()
    {
        _series.Add(0, double.NaN, 1, 0.1);
        _series.Add(1, 2, double.PositiveInfinity, 0.1);
        _series.Add(2, 2, 1, 0.1);
        var episode = Assert.Single(_series.Episodes);
        Assert.Equal((0L, 2, 2.0), (episode.Start, episode.NonFinite, episode.PeakLoss));
        Assert.Equal((double.PositiveInfinity, 2.0), (episode.FirstLoss, episode.NextLoss));
    }

    [Fact]
    public void An_explosion_is_an_episode_from_its_first_step_on()
    {
        Calm(50);
        Assert.False(_series.Add(50, 0.5, 3, 0.1));
        Assert.True(_series.Add(51, 30, 1e3, 0.1));
        Assert.False(_series.Add(52, 500, 1e5, 0.1));
        Assert.False(_series.Add(53, 400, 1e4, 0.1));
        var episode = Assert.Single(_series.Episodes);
        Assert.Equal((51L, 3L, 52L, false), (episode.Start, episode.Length, episode.PeakStep, episode.IsOver));
        Assert.Equal((0.5, 2.0, 500.0, 1e5), (episode.LossBefore, episode.NormBefore, episode.PeakLoss, episode.PeakNorm));
        Assert.Equal((30.0, 500.0, 0.1), (episode.FirstLoss, episode.NextLoss, episode.Rate));
    }

    [Fact]
    public void An_episode_ends_with_three_calm_steps()
    {
        Calm(50);
        _series.Add(50, 30, 2, 0.1);
        for (var i = 51; i < 54; i++)
        {
            Assert.False(Assert.Single(_series.Episodes).IsOver);
            _series.Add(i, 0.5, 2, 0.1);
        }

        var episode = Assert.Single(_series.Episodes);
        Assert.Equal((50L, 1L, true), (episode.Start, episode.Length, episode.IsOver));
        _series.Add(54, 30, 2, 0.1);
        Assert.Equal([50L, 54], _series.Episodes.Select(each => each.Start));
    }

    [Fact]
    public void A_small_loss_may_jump_as_it_likes()
    {
        for (var i = 0; i < 200; i++)
        {
            _series.Add(i, i % 20 == 0 ? 0.5 : 1e-4, i % 20 == 0 ? 15 : 2, 0.1);
        }

        Assert.Empty(_series.Episodes);
    }

    [Fact]
    public void Of_many_episodes_the_worst_are_kept()
    {
        Calm(50);
        for (var i = 0; i < 200; i++)
        {
            _series.Add(50 + (4 * i), i == 100 ? 1e6 : i == 150 ? double.NaN : 100 + i, 2, 0.1);
            for (var j = 1; j < 4; j++)
            {
                _series.Add(50 + (4 * i) + j, 0.5, 2, 0.1);
            }
        }

        Assert.Equal(64, _series.Episodes.Count);
        Assert.Contains(_series.Episodes, episode => episode.PeakLoss == 1e6);
        Assert.Contains(_series.Episodes, episode => episode.NonFinite == 1);
        Assert.All(_series.Episodes, episode => Assert.Equal(0.5, episode.LossBefore));
    }

    private void Calm(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _series.Add(i, 0.5, 2, 0.1);
        }
    }
}
