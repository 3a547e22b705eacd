namespace MLNet.GradStability.Tests.Sweeps;

public sealed class GridTests
{
    [Fact]
    public void Every_combination_is_tried_once_the_last_parameter_fastest_and_what_does_not_count_not_at_all()
    {
        var space = OptionSpace.Of(string.Empty)
            .LogUniform("rate", 1e-3, 1e-1, (text, rate) => FormattableString.Invariant($"{rate:G3}"))
            .Choice("kind", (text, kind) => text + kind, " a", " b")
            .When("kind", " b", inner => inner.Integer("size", 1, 2, (text, size) => text + size));
        var tuner = Tuner.Grid(3).Bind(space.Parameters, 1);
        var tried = new List<string>();
        while (tuner.Next(space.Start(), [], []) is { } point)
        {
            tried.Add(space.Create(point));
        }

        Assert.Equal(["0.001 a", "0.001 b1", "0.001 b2", "0.01 a", "0.01 b1", "0.01 b2", "0.1 a", "0.1 b1", "0.1 b2"], tried);
    }

    [Fact]
    public void One_step_takes_the_middle()
    {
        var space = OptionSpace.Of(0.0).LogUniform("x", 1, 100, (_, x) => x);

        Assert.Equal(10, space.Create(Tuner.Grid(1).Bind(space.Parameters, 1).Next(space.Start(), [], [])!), 9);
    }
}
