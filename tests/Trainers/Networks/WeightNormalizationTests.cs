using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class WeightNormalizationTests
{
    [Fact]
    public void Weight_normalisation_starts_at_the_weight_that_was_drawn()
    {
        using var scope = NewDisposeScope();
        using var plain = new TestNetwork(Network.Mlp([7, 5]), 4, 2);
        using var normalised = new TestNetwork(Network.Mlp([7, 5], weightNormalization: WeightNormalization.Weight()), 4, 2);

        Support.AssertClose(plain.Module.call(ones(3, 4)).ToArray(), normalised.Module.call(ones(3, 4)).ToArray(), 1e-6);
    }

    [Fact]
    public void The_length_of_the_direction_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([7], weightNormalization: WeightNormalization.Weight()), 4, 2);
        var before = network.Module.call(ones(3, 4)).ToArray();
        using (no_grad())
        {
            network.Parameters["hidden0.weight"].mul_(1000);
        }

        Support.AssertClose(before, network.Module.call(ones(3, 4)).ToArray(), 1e-6);
    }

    [Fact]
    public void Zero_weights_give_zero_and_finite_gradients()
    {
        using var scope = NewDisposeScope();
        foreach (var kind in new[] { WeightNormalization.Weight(), WeightNormalization.Spectral() })
        {
            using var network = new TestNetwork(Network.Mlp([3], Activation.Tanh(), weightNormalization: kind), 4, 2, Initializer.Constant(0).Where("hidden*"));
            network.Module.train();
            var outputs = network.Module.call(ones(2, 4));
            outputs.sum().backward();

            Assert.All(outputs.ToArray(), number => Assert.Equal(0, number));
            Assert.All(network.Parameters.Values, parameter => Assert.All(parameter.grad!.ToArray(), number => Assert.True(double.IsFinite(number))));
        }
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(30, 5)]
    [InlineData(1, 9)]
    [InlineData(1, 1)]
    public void Spectral_normalisation_brings_the_largest_singular_value_to_1(int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        using var layer = new SpectralNormalizedLinear(inputs, outputs, 1);
        using var _ = no_grad();
        layer.train();
        for (var i = 0; i < 300; i++)
        {
            layer.call(zeros(1, inputs));
        }

        var weight = layer.call(eye(inputs)).t();
        Assert.Equal(1, linalg.svdvals(weight).max().ToDouble(), 1e-3);
    }

    [Fact]
    public void Spectral_normalisation_recovers_from_a_weight_of_zeros()
    {
        using var scope = NewDisposeScope();
        using var layer = new SpectralNormalizedLinear(3, 2, 1);
        using var _ = no_grad();
        layer.train();
        var weight = layer.parameters().First(parameter => parameter.dim() == 2);
        weight.zero_();
        layer.call(ones(1, 3));
        weight.fill_(0.7);
        layer.call(ones(1, 3));

        Support.AssertClose([3 / Math.Sqrt(6), 3 / Math.Sqrt(6)], layer.call(ones(1, 3)).ToArray(), 1e-5);
    }
}
