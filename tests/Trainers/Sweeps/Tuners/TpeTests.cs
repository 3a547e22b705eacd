namespace MLNet.GradStability.Tests.Sweeps;

public sealed class TpeTests
{
    private static readonly OptionSpace<double> Line = OptionSpace.Of(0.0).Uniform("x", 0, 1, (_, x) => x);

    [Fact]
    public void It_draws_near_good_values_and_away_from_bad_ones()
    {
        var known = Enumerable.Range(0, 40).Select(i => Outcome(i / 40.0)).ToArray();

        Assert.InRange(Mean(Tuner.Tpe(), known, []), 0.15, 0.3);
    }

    [Fact]
    public void Pending_points_repel()
    {
        // 0.2 is best; with many trials there already, others are tried.
        var known = Enumerable.Range(0, 40).Select(i => Outcome(i / 40.0)).ToArray();
        TrialPoint[] pending = [.. Enumerable.Range(0, 60).Select(i => new TrialPoint([0.2 + (i / 1000.0)]))];

        double Near(TrialPoint[] points) => Draws(Tuner.Tpe(), known, points).Count(x => x is > 0.2 and < 0.26);
        Assert.True(Near(pending) < 0.5 * Near([]));
    }

    [Fact]
    public void Failed_trials_are_the_worst()
    {
        var known = Enumerable.Range(0, 40).Select(i => i < 20 ? new TrialOutcome(new([i / 40.0]), TrialState.Diverged, 9, double.PositiveInfinity) : Outcome(i / 40.0)).ToArray();

        Assert.InRange(Mean(Tuner.Tpe(), known, []), 0.5, 0.7);
    }

    [Fact]
    public void Gamma_and_candidates_change_what_is_tried()
    {
        var known = Enumerable.Range(0, 40).Select(i => Outcome(i / 40.0)).ToArray();
        var usual = Draws(Tuner.Tpe(), known, []);

        Assert.NotEqual(usual, Draws(Tuner.Tpe(gamma: 0.5), known, []));
        Assert.NotEqual(usual, Draws(Tuner.Tpe(candidates: 2), known, []));
        Assert.Equal(Draws(Tuner.Random(), known, []), Draws(Tuner.Tpe(startup: 41), known, []));
    }

    [Fact]
    public void A_trial_waits_for_the_results_that_it_learns_from()
    {
        var queue = new TrialQueue(Tuner.Tpe(startup: 2, lag: 2).Bind(Line.Parameters, 1), Line.Start(), 10, null);
        Assert.Equal(1, queue.Next()!.Value.Number);
        var (second, point) = queue.Next()!.Value;
        Assert.Null(queue.Next());

        queue.Ended(second, new(point, TrialState.Completed, 0, 1));
        Assert.Null(queue.Next());

        queue.Ended(1, new(point, TrialState.Completed, 0, 1));
        Assert.Equal(3, queue.Next()!.Value.Number);
    }

    private static TrialOutcome Outcome(double x) => new(new([x]), TrialState.Completed, 1, Math.Abs(x - 0.2));

    private static double Mean(Tuner tuner, TrialOutcome[] known, TrialPoint[] pending) => Draws(tuner, known, pending).Average();

    private static double[] Draws(Tuner tuner, TrialOutcome[] known, TrialPoint[] pending)
    {
        var bound = tuner.Bind(Line.Parameters, 3);
        return [.. Enumerable.Range(0, 200).Select(_ => bound.Draw(known, pending)![0]!.Value)];
    }
}
