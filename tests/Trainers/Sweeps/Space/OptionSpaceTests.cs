namespace MLNet.GradStability.Tests.Sweeps;

public sealed class OptionSpaceTests
{
    private static readonly OptionSpace<NeuralNetworkOptions> Space = OptionSpace.Of(new NeuralNetworkOptions { BatchSize = 7 })
        .LogUniform("rate", 1e-4, 1e-1, (options, rate) => options with { Optimizer = Optimizer.Adam(rate) }, start: 1e-3)
        .Uniform("smoothing", 0, 0.2, (options, share) => options with { LabelSmoothing = share })
        .Integer("epochs", 2, 9, (options, epochs) => options with { Epochs = epochs })
        .Choice("clipper", (options, clipper) => options with { Gradients = clipper }, null, GradientTransform.ClipByNorm(1), GradientTransform.ClipByNorm(2), GradientTransform.ZClip())
        .When("clipper", GradientTransform.ZClip(), inner => inner.Uniform("z", 2, 5, (options, z) => options with { Gradients = GradientTransform.ZClip(z) }));

    [Fact]
    public void Values_go_into_options_in_order()
    {
        var options = Space.Create(new TrialPoint([0.01, 0.1, 5, 3, 4]));

        Assert.Equal(Optimizer.Adam(0.01), options.Optimizer);
        Assert.Equal(0.1, options.LabelSmoothing);
        Assert.Equal(5, options.Epochs);
        Assert.Equal(GradientTransform.ZClip(4), options.Gradients);
        Assert.Equal(7, options.BatchSize);
        Assert.Null(Space.Create(new TrialPoint([0.01, 0.1, 5, 0, null])).Gradients);
    }

    [Fact]
    public void Values_have_words()
    {
        Assert.Equal(["none", "clip-by-norm (maxNorm 1)", "clip-by-norm (maxNorm 2)", "z-clip"], Space.Parameters[3].Choices);
        Assert.Equal("clipper is z-clip", Space.Parameters[4].Condition);
        Assert.Equal("0.001234", Space.Parameters[0].Text(0.00123423));
        Assert.Equal("5", Space.Parameters[2].Text(5));
        Assert.Equal("none", Space.Parameters[3].Text(0));
    }

    [Fact]
    public void Presets_have_the_names_by_which_they_are_known()
    {
        var space = OptionSpace.Of(0).Choice("initialiser", (_, _) => 0, Initializer.HeNormal(), Initializer.XavierUniform(), Initializer.HeNormal(0.1), Initializer.Normal(0.01), Initializer.Normal(0.1));
        Assert.Equal(["he-normal", "xavier-uniform", "variance-scaling", "normal (std 0.01)", "normal (std 0.1)"], space.Parameters[0].Choices);
    }

    [Fact]
    public void Values_have_a_position_by_their_scale()
    {
        Assert.Equal(1 / 3.0, Space.Parameters[0].Position(1e-3), 12);
        Assert.Equal(0.5, Space.Parameters[1].Position(0.1), 12);
        Assert.Equal(1, Space.Parameters[2].Position(9), 12);
        Assert.Equal(1 / 3.0, Space.Parameters[3].Position(1), 12);
    }

    [Fact]
    public void Whole_numbers_and_choices_have_pieces_of_the_same_size()
    {
        Assert.All(new[] { Space.Parameters[2], Space.Parameters[3] }, parameter =>
        {
            var count = (int)parameter.Count!;
            var values = Enumerable.Range(0, 100 * count).Select(i => parameter.FromUnit((i + 0.5) / (100 * count)));
            Assert.All(values.CountBy(value => value), group => Assert.Equal(100, group.Value));
            Assert.False(double.IsNegative(parameter.FromUnit(0)));
        });
        var width = OptionSpace.Of(0).Integer("width", 1, 64, (_, value) => value, logarithmic: true).Parameters[0];
        Assert.Equal([1, 8, 64], new[] { 0, 0.5, 0.999 }.Select(width.FromUnit).Select(value => Math.Round(value / 8) is 0 ? value : Math.Round(value / 8) * 8));
    }

    [Fact]
    public void A_place_and_its_value_are_one()
    {
        foreach (var parameter in Space.Parameters)
        {
            Assert.All(Enumerable.Range(0, 20).Select(i => parameter.FromUnit(i / 20.0)), value => Assert.Equal(value, parameter.FromUnit(parameter.ToUnit(value)), 9));
        }
    }

    [Fact]
    public void A_condition_may_hang_on_another()
    {
        var space = OptionSpace.Of(string.Empty)
            .Choice("a", (text, a) => text + a, "x", "y")
            .When("a", "y", inner => inner
                .Choice("b", (text, b) => text + b, "p", "q")
                .When("b", "q", deeper => deeper.Integer("c", 1, 3, (text, c) => text + c)));
        var points = Enumerable.Range(0, 200).Aggregate((Random: new Random(1), Texts: new HashSet<string>()), (state, _) =>
        {
            state.Texts.Add(space.Create(TrialPoint.Of(space.Parameters, i => space.Parameters[i].FromUnit(state.Random.NextDouble()))));
            return state;
        }).Texts;

        Assert.Equal(["x", "yp", "yq1", "yq2", "yq3"], points.Order());
    }

    [Fact]
    public void Other_options_may_be_made_of_these_and_searched_further()
    {
        var space = OptionSpace.Of(2).Integer("width", 1, 9, (_, width) => width)
            .Select(width => new NeuralNetworkOptions { Network = Network.Mlp([width]) })
            .Integer("epochs", 1, 5, (options, epochs) => options with { Epochs = epochs });

        Assert.Equal(new NeuralNetworkOptions { Network = Network.Mlp([4]), Epochs = 3 }, space.Create(new TrialPoint([4, 3])));
    }

    [Fact]
    public void Faults_say_what_must_hold()
    {
        Assert.Contains("names must differ; \"rate\" is there already", Message(() => Space.Uniform("rate", 0, 1, (o, _) => o)), StringComparison.Ordinal);
        Assert.Contains("x must have finite bounds, the lower below the upper; got 1 to 1", Message(() => Space.Uniform("x", 1, 1, (o, _) => o)), StringComparison.Ordinal);
        Assert.Contains("x must have a lower bound above 0", Message(() => Space.LogUniform("x", 0, 1, (o, _) => o)), StringComparison.Ordinal);
        Assert.Contains("x must start within its bounds; got 2", Message(() => Space.Uniform("x", 0, 1, (o, _) => o, start: 2)), StringComparison.Ordinal);
        Assert.Contains("x must have values that differ", Message(() => Space.Choice("x", (o, _) => o, 1, 1)), StringComparison.Ordinal);
        Assert.Contains("x must have a value at least", Message(() => Space.Choice<int>("x", (o, _) => o)), StringComparison.Ordinal);
        Assert.Contains("When must name a choice that was added before; got \"rate\"", Message(() => Space.When("rate", 1, inner => inner)), StringComparison.Ordinal);
        Assert.Contains("When must name a value of \"clipper\"", Message(() => Space.When("clipper", GradientTransform.Centralise(), inner => inner)), StringComparison.Ordinal);
        Assert.Contains("must not be empty", Message(() => Space.Uniform(" ", 0, 1, (o, _) => o)), StringComparison.Ordinal);
    }

    private static string Message(Func<OptionSpace<NeuralNetworkOptions>> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
}
