namespace MLNet.GradStability.Tests;

/// <summary>Where and Then: a rule for each layer.</summary>
[Trait("Row", "R13")]
public class LayeredInitializerTests
{
    private static readonly Network ThreeLayers = Network.Mlp([4, 4, 4]);

    [Fact]
    public void Each_layer_gets_the_first_rule_that_fits()
    {
        var rule = Initializer.Constant(1).Where("hidden1").Then(Initializer.Constant(2).Where("hidden*")).Then(Initializer.Constant(3));
        using var network = new TestNetwork(ThreeLayers, 4, 2, rule);

        Assert.All(network["hidden0.weight"], number => Assert.Equal(2, number));
        Assert.All(network["hidden1.weight"], number => Assert.Equal(1, number));
        Assert.All(network["hidden2.weight"], number => Assert.Equal(2, number));
        Assert.All(network["output.weight"], number => Assert.Equal(3, number));
    }

    [Fact]
    public void What_no_rule_covers_starts_by_activation()
    {
        using var network = new TestNetwork(Network.Mlp([200, 200]), 100, 2, Initializer.Constant(1).Where("hidden1.weight"));

        VarianceScalingTests.AssertDeviation(network["hidden0.weight"], Math.Sqrt(2.0 / 100));
        Assert.All(network["hidden1.weight"], number => Assert.Equal(1, number));
        Assert.All(network["hidden1.bias"], number => Assert.Equal(0, number));
    }

    [Fact]
    public void Narrowing_a_chain_narrows_each_rule()
    {
        var rule = Initializer.Constant(1).Where("*1").Then(Initializer.Constant(2)).Where("hidden*").Then(Initializer.Constant(3));
        using var network = new TestNetwork(ThreeLayers, 4, 2, rule);

        Assert.Equal([2, 1, 2, 3], new[] { "hidden0", "hidden1", "hidden2", "output" }.Select(layer => network[$"{layer}.weight"][0]));
    }

    [Fact]
    public void Chains_of_chains_are_flat_and_equal()
    {
        var (a, b, c) = (Initializer.Constant(1).Where("hidden0"), Initializer.Constant(2).Where("hidden1"), Initializer.Constant(3));

        Assert.Equal(a.Then(b).Then(c), a.Then(b.Then(c)));
    }

    [Fact]
    public void A_pattern_that_fits_nothing_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => new TestNetwork(Network.Mlp([4]), 4, 2, Initializer.Constant(1).Where("conv*")));

        Assert.Equal(
            "Initializer.Where: pattern must fit at least one parameter; \"conv*\" fits none of hidden0.weight, hidden0.bias, output.weight, output.bias. Use one of these names or a pattern such as \"hidden*\".",
            error.Message);
    }

    [Fact]
    public void A_rule_that_is_left_nothing_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => new TestNetwork(ThreeLayers, 4, 2, Initializer.HeNormal().Then(Initializer.Constant(1))));

        Assert.Equal(
            "Initializer.Then: every rule must have a parameter to fill; rule 2 of 2 has none, since earlier rules fill all that it could. Narrow those with Where, or leave it out.",
            error.Message);
    }
}
