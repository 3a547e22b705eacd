using MLNet.GradStability.Benchmarks.Tuners;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>
/// Each tuner against independent uniform draws with the same budget. If it were no better, each of n seeds would be below their median with chance 1/2, and
/// n/2 + 2.6·√n/2 or more of them with chance below 0.5 %.
/// </summary>
public sealed class TunersBeatChanceTests
{
    private const double Deviations = 2.6;
    private const int BaselineSeeds = 1001;
    private const int Trials = 50;

    [Fact]
    public void Tpe_on_Branin() => AssertBetter(Tuner.Tpe(), KnownFunction.Branin);

    [Fact]
    public void Tpe_on_Hartmann3() => AssertBetter(Tuner.Tpe(), KnownFunction.Hartmann3);

    [Fact]
    public void Tpe_on_a_conditional_space() => AssertBetter(Tuner.Tpe(), KnownFunction.Conditional);

    [Fact]
    public void Points_spread_evenly_on_a_conditional_space() => AssertBetter(Tuner.Random(), KnownFunction.Conditional, seeds: 501);

    [Fact]
    public void Asha_of_random_points_on_Hartmann3() => AssertBetter(Tuner.Asha(), KnownFunction.Hartmann3);

    [Fact]
    public void Asha_of_Tpe_on_a_conditional_space() => AssertBetter(Tuner.Asha(Tuner.Tpe()), KnownFunction.Conditional);

    /// <summary>A grid is good where the best values lie on its lines, as round numbers may; on Branin and Hartmann it is worse than chance, see benchmarks/results/tuners.md.</summary>
    [Fact]
    public void A_grid_where_the_best_values_lie_on_it()
    {
        var function = new KnownFunction(
            "round",
            OptionSpace.Of(new Arguments([1, 1])).LogUniform("rate", 1e-5, 1e-1, (at, rate) => at.With(0, rate)).Integer("width", 16, 256, (at, width) => at.With(1, width), logarithmic: true),
            0,
            at => Math.Abs(Math.Log10(at.Numbers[0] / 1e-3)) + Math.Abs(Math.Log2(at.Numbers[1] / 64)));

        AssertBetter(Tuner.Grid(5), function);
        Assert.Equal(0, SimulatedSweep.Best(Tuner.Grid(5), function, 1, Trials), 9);
    }

    private static void AssertBetter(Tuner tuner, KnownFunction function, int seeds = 101)
    {
        var chance = Median(Enumerable.Range(1000, BaselineSeeds).Select(seed => SimulatedSweep.Independent(function, seed, Trials)));
        var found = Enumerable.Range(0, seeds).Select(seed => SimulatedSweep.Best(tuner, function, seed, Trials)).ToArray();
        var better = found.Count(best => best < chance);

        Assert.All(found, best => Assert.True(best >= function.Minimum - 1e-4));
        Assert.True(better >= (seeds / 2.0) + (Deviations * Math.Sqrt(seeds) / 2), FormattableString.Invariant($"{better} of {seeds} seeds are below {chance}, the median of independent draws; their median is {Median(found)}"));
    }

    private static double Median(IEnumerable<double> numbers) => numbers.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
