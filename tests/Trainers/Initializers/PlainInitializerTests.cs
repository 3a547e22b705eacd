using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Rules that do not look at the layer's size.</summary>
[Trait("Row", "R3")]
public class PlainInitializerTests
{
    [Theory]
    [InlineData(0.01, 0)]
    [InlineData(0.3, -0.2)]
    public void Normal_has_its_mean_and_deviation(double std, double mean) =>
        VarianceScalingTests.AssertMoments(Initializer.Normal(std, mean), [300, 200], std, mean);

    [Fact]
    public void Uniform_fills_its_interval()
    {
        var numbers = TestNetwork.Fill(Initializer.Uniform(-0.1, 0.3), [300, 200]).ToArray();

        Assert.InRange(numbers.Min(), -0.1, -0.0995);
        Assert.InRange(numbers.Max(), 0.2995, 0.3);
        VarianceScalingTests.AssertMoments(Initializer.Uniform(-0.1, 0.3), [300, 200], 0.4 / Math.Sqrt(12), 0.1);
    }

    [Fact]
    public void Truncated_normal_is_cut_at_two_deviations()
    {
        var numbers = TestNetwork.Fill(Initializer.TruncatedNormal(0.05), [300, 200]).ToArray();

        Assert.InRange(numbers.Max(Math.Abs), 0.099, 0.1 + 1e-7);
        VarianceScalingTests.AssertMoments(Initializer.TruncatedNormal(0.05), [300, 200], 0.05 * 0.87962566103423978);

        // A normal distribution cut at ±2σ has Φ(1)−Φ(−1) over Φ(2)−Φ(−2) within one σ: 0.7152.
        Assert.InRange(numbers.Count(number => Math.Abs(number) < 0.05) / (double)numbers.Length, 0.7152 - 0.01, 0.7152 + 0.01);
    }

    [Fact]
    public void Constant_sets_weights_and_leaves_biases_at_0()
    {
        using var network = new TestNetwork(Network.Mlp([3]), 2, 1, Initializer.Constant(0.25));

        Assert.All(network["hidden0.weight"].Concat(network["output.weight"]), number => Assert.Equal(0.25, number));
        Assert.All(network["hidden0.bias"].Concat(network["output.bias"]), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Bias_sets_biases_and_shifts_alone()
    {
        using var plain = new TestNetwork(Network.Mlp([3], normalization: Normalization.Batch()), 2, 1, Initializer.Normal(0.1));
        using var network = new TestNetwork(Network.Mlp([3], normalization: Normalization.Batch()), 2, 1, Initializer.Bias(0.5).Then(Initializer.Normal(0.1)));

        Assert.Equal([0.5, 0.5, 0.5], network["hidden0.bias"]);
        Assert.Equal([0.5, 0.5, 0.5], network["norm0.bias"]);
        Assert.Equal([0.5], network["output.bias"]);
        Assert.Equal([1, 1, 1], network["norm0.weight"]);
        Assert.Equal(plain["hidden0.weight"], network["hidden0.weight"]);
    }

    [Fact]
    public void Small_weights_make_a_deep_network_silent()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([.. Enumerable.Repeat(64, 20)]), 64, 10, Initializer.Normal(0.01));
        using var fitting = new TestNetwork(Network.Mlp([.. Enumerable.Repeat(64, 20)]), 64, 10, Initializer.HeNormal());
        using var _ = no_grad();
        var rows = TestNetwork.Digits(16);

        Assert.True(network.Module.call(rows).abs().max().ToDouble() < 1e-12);
        Assert.True(fitting.Module.call(rows).abs().max().ToDouble() > 0.1);
    }
}
