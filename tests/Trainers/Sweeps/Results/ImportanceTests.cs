namespace MLNet.GradStability.Tests.Sweeps;

public sealed class ImportanceTests
{
    [Fact]
    public void The_share_follows_its_formula()
    {
        // Means 2 and 6 around 4: between 4·2·2² = 32 of 32 + 2·(1+1+1+1) = 40; η² = 0.8, ε² = 1 − 0.2·7/6.
        Assert.Equal(1 - (0.2 * 7 / 6), Importances.Share([0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 3, 3, 5, 5, 7, 7]), 12);
        Assert.Equal(0, Importances.Share([0, 1, 0, 1], [1, 1, 2, 2]));
        Assert.Equal(0, Importances.Share([0, 0, 1], [5, 5, 5]));
        Assert.Equal([1, 2.5, 2.5, 4], Importances.Ranks([0, 7, 7, 9]));
    }

    [Fact]
    public void What_makes_the_difference_comes_first_whatever_the_scale_of_the_metric()
    {
        var space = OptionSpace.Of(0).LogUniform("noise", 1e-3, 1, (x, _) => x).Choice("kind", (x, _) => x, 0, 1, 2).Uniform("height", 0, 1, (x, _) => x);
        var random = new Random(1);
        var trials = Enumerable.Range(0, 60)
            .Select(_ => TrialPoint.Of(space.Parameters, i => space.Parameters[i].FromUnit(random.NextDouble())))
            .Select(point => (point, Math.Exp((10 * point[2]!.Value) + point[1]!.Value))).ToArray();
        var importance = Importances.Of(space.Parameters, trials);

        Assert.Equal("height", importance[0].Parameter.Name);
        Assert.InRange(importance[0].Share, 0.8, 1);
        Assert.InRange(importance.Single(one => one.Parameter.Name == "noise").Share, 0, 0.15);
    }

    [Fact]
    public void Of_few_trials_nothing_is_said()
    {
        var space = OptionSpace.Of(0).Uniform("x", 0, 1, (x, _) => x);

        Assert.Equal(double.NaN, Importances.Of(space.Parameters, [(new TrialPoint([0.5]), 1)])[0].Share);
    }
}
