using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Gains, and what they are for. Values and gradients are in <see cref="NetworkReferenceTests"/>.</summary>
public class ActivationTests
{
    [Theory]
    [Trait("Row", "R5")]
    [InlineData("tanh", """{"kind":"tanh"}""")]
    [InlineData("relu", """{"kind":"relu"}""")]
    [InlineData("leaky_relu_0.1", """{"kind":"leaky-relu","slope":0.1}""")]
    [InlineData("selu", """{"kind":"selu"}""")]
    [InlineData("sigmoid", """{"kind":"sigmoid"}""")]
    public void Gains_that_PyTorch_lists(string name, string json)
    {
        using var reference = Support.Reference("initializers/initializers.json");

        Assert.Equal(reference.RootElement.GetProperty("gains").GetProperty(name).GetDouble(), Descriptions.FromJson<Activation>(json).Gain, 1e-12);
    }

    [Theory]
    [InlineData("relu", """{"kind":"relu"}""")]
    [InlineData("gelu", """{"kind":"gelu"}""")]
    [InlineData("silu", """{"kind":"silu"}""")]
    [InlineData("mish", """{"kind":"mish"}""")]
    [InlineData("elu", """{"kind":"elu","alpha":1}""")]
    [InlineData("elu_0.5", """{"kind":"elu","alpha":0.5}""")]
    public void Gains_that_keep_the_mean_square_of_a_normal_signal(string name, string json)
    {
        using var reference = Support.Reference("initializers/initializers.json");

        Assert.Equal(1 / Math.Sqrt(reference.RootElement.GetProperty("second_moments").GetProperty(name).GetDouble()), Descriptions.FromJson<Activation>(json).Gain, 1e-9);
    }

    [Theory]
    [InlineData("""{"kind":"relu"}""", 4)]
    [InlineData("""{"kind":"leaky-relu","slope":0.3}""", 4)]
    [InlineData("""{"kind":"tanh"}""", 4)]
    [InlineData("""{"kind":"gelu"}""", 4)]
    [InlineData("""{"kind":"silu"}""", 40)] // Its fixed point is the least stable.
    [InlineData("""{"kind":"mish"}""", 4)]
    [InlineData("""{"kind":"elu","alpha":1}""", 4)]
    [InlineData("""{"kind":"selu"}""", 4)]
    public void By_activation_a_signal_of_unit_variance_lives_through_20_layers(string json, double most)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([.. Enumerable.Repeat(256, 20)], Descriptions.FromJson<Activation>(json)), 256, 256);
        using var random = new Generator(6);
        using var _ = no_grad();
        var outputs = network.Module.call(randn([64, 256], generator: random));

        Assert.InRange(outputs.square().mean().sqrt().ToDouble(), 0.1, most);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.StartsWith("Activation.LeakyRelu: slope must be finite and 0 or greater; got -1. Usual values are 0.01 to 0.3.", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(-1)).Message);
        Assert.StartsWith("Activation.Elu: alpha must be finite and greater than 0; got 0. The usual value is 1.", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Elu(0)).Message);
    }
}
