using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class FixupTests
{
    [Fact]
    public void Branches_are_scaled_by_their_number_and_end_in_zeros()
    {
        // One plain layer of 128, then 4 blocks of two.
        using var network = new TestNetwork(Network.Mlp([.. Enumerable.Repeat(128, 9)], residual: true), 100, 10, Initializer.Fixup());
        var he = Math.Sqrt(2.0 / 128);

        VarianceScalingTests.AssertDeviation(network["hidden0.weight"], Math.Sqrt(2.0 / 100));
        for (var i = 1; i < 9; i += 2)
        {
            VarianceScalingTests.AssertDeviation(network[$"hidden{i}.weight"], he * Math.Pow(4, -0.5));
            Assert.All(network[$"hidden{i + 1}.weight"], number => Assert.Equal(0, number));
            Assert.Equal([1.0], network[$"multiplier{i + 1}.weight"]);
        }

        Assert.All(network["output.weight"], number => Assert.Equal(0, number));
    }

    [Fact]
    public void A_hundred_layers_start_as_one()
    {
        using var scope = NewDisposeScope();
        var rows = TestNetwork.Digits(32);
        var deep = Network.Mlp([.. Enumerable.Repeat(64, 101)], residual: true);
        using var fixup = new TestNetwork(deep, 64, 10, Initializer.Fixup().Where("hidden*"));
        using var shallow = new TestNetwork(Network.Mlp([64]), 64, 10, Initializer.ByActivation());
        using var _ = no_grad();
        shallow.Parameters["hidden0.weight"].copy_(fixup.Parameters["hidden0.weight"]);
        shallow.Parameters["output.weight"].copy_(fixup.Parameters["output.weight"]);

        Support.AssertClose(shallow.Module.call(rows).ToArray(), fixup.Module.call(rows).ToArray(), 1e-5);
    }

    [Fact]
    public void Zeros_under_weight_normalisation_stay_zeros_and_can_learn()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([8, 8, 8], weightNormalization: WeightNormalization.Weight(), residual: true), 4, 2, Initializer.Fixup().Where("hidden*"));
        Assert.All(network["hidden2.magnitude"], number => Assert.Equal(0, number));

        network.Module.train();
        network.Module.call(ones(3, 4)).sum().backward();
        var gradient = network.Parameters["hidden2.magnitude"].grad!.ToArray();
        Assert.All(gradient, number => Assert.True(double.IsFinite(number)));
        Assert.Contains(gradient, number => number != 0);
    }

    [Fact]
    public void A_network_without_branches_is_named_as_the_fault() => Assert.Equal(
        "Initializer.Fixup: the network must have residual branches; it has none. Use Network.Mlp(…, residual: true), or another initialiser such as Initializer.Lsuv().",
        Assert.Throws<ArgumentException>(() => new TestNetwork(Network.Mlp([8, 8, 8]), 4, 2, Initializer.Fixup())).Message);

    [Fact]
    public void Spectral_normalisation_contradicts_it() => Assert.Equal(
        "Initializer.Fixup: the network must not be spectrally normalised, which undoes the scale of every weight; it is. Leave out one of the two.",
        Assert.Throws<ArgumentException>(() => new TestNetwork(
            Network.Mlp([8, 8, 8], weightNormalization: WeightNormalization.Spectral(), residual: true), 4, 2, Initializer.Fixup())).Message);
}
