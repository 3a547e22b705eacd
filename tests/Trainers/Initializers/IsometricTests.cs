using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Networks that start as a linear, orthogonal map.</summary>
public class IsometricTests
{
    public static TheoryData<string, Activation> Linear => new()
    {
        { "relu", Activation.Relu() },
        { "leaky", Activation.LeakyRelu(0.3) },
        { "gelu", Activation.Gelu() },
        { "silu", Activation.Silu() },
    };

    public static TheoryData<string, Activation> Curved => new()
    {
        { "tanh", Activation.Tanh() },
        { "sigmoid", Activation.Sigmoid() },
        { "elu", Activation.Elu() },
        { "elu 3", Activation.Elu(3) },
        { "selu", Activation.Selu() },
        { "mish", Activation.Mish() },
    };

    [Theory]
    [Trait("Row", "R3")]
    [MemberData(nameof(Linear))]
    public void A_deep_network_starts_as_an_orthogonal_map(string name, Activation activation)
    {
        using var scope = NewDisposeScope();
        using var network = Build(Layers(100, 16), activation, 8, 8);
        var map = Map(network, 8);

        Support.AssertClose(eye(8).ToArray(), map.matmul(map.t()).ToArray(), 2e-4);
        Assert.True(AwayFromLinear(network, map) < 1e-3, name);
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Odd_widths_give_an_orthogonal_map_too(string name, Activation activation)
    {
        using var scope = NewDisposeScope();
        using var network = Build(Layers(6, 17), activation, 8, 3);
        var map = Map(network, 8);

        Support.AssertClose(eye(3).ToArray(), map.matmul(map.t()).ToArray(), 1e-4);
        Assert.True(AwayFromLinear(network, map) < 1e-4, name);
        Assert.Equal(0, network.Parameters["output.weight"].narrow(1, 16, 1).abs().max().ToDouble());
        Assert.All(network.Parameters["hidden3.weight"].norm(1).ToArray(), length => Assert.InRange(length, 0.3, 1.5));
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Changing_widths_give_a_linear_map(string name, Activation activation)
    {
        using var scope = NewDisposeScope();
        using var network = Build([33, 41, 21, 20, 27, 35], activation, 8, 3);
        var map = Map(network, 8);

        Assert.True(AwayFromLinear(network, map) < 1e-4, name);
        Assert.InRange(map.norm().ToDouble(), 0.2, Math.Sqrt(3));
    }

    [Theory]
    [MemberData(nameof(Linear))]
    [MemberData(nameof(Curved))]
    public void Signals_and_gradients_are_alike_in_all_layers(string name, Activation activation)
    {
        using var scope = NewDisposeScope();
        using var network = Build(Layers(50, 32), activation, 32, 4);
        using var random = new Generator(5);
        var outputs = network.Module.call(randn([64, 32], generator: random));
        outputs.square().mean().backward();
        var norms = network.Module.named_parameters().Where(parameter => parameter.name.EndsWith("weight", StringComparison.Ordinal)).Select(parameter => parameter.parameter.grad!.norm().ToDouble()).ToList();

        Assert.InRange(outputs.std().ToDouble(), 0.1, 3);
        Assert.True(norms.Max() / norms.Min() < 20, $"{name}: gradient norms from {norms.Min()} to {norms.Max()}");
    }

    [Fact]
    public void Other_rules_lose_the_signal_or_the_gradient_of_such_networks()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp(Layers(50, 32), Activation.Sigmoid()), 32, 4, Initializer.Orthogonal());
        using var random = new Generator(5);
        network.Module.call(randn([64, 32], generator: random)).square().mean().backward();
        var first = network.Module.named_parameters().First().parameter.grad!.norm().ToDouble();

        Assert.True(first < 1e-9, $"gradient norm {first}");
    }

    [Fact]
    public void Units_stand_in_pairs_of_opposite_sign()
    {
        using var scope = NewDisposeScope();
        using var network = Build([6, 4], Activation.Relu(), 5, 2);
        var (first, second, output) = (network.Parameters["hidden0.weight"], network.Parameters["hidden1.weight"], network.Parameters["output.weight"]);

        AssertOpposite(first, 0);
        AssertOpposite(second, 0);
        AssertOpposite(second, 1);
        AssertOpposite(output, 1);
    }

    [Fact]
    public void Odd_functions_need_no_pairs()
    {
        using var scope = NewDisposeScope();
        using var network = Build([16, 16], Activation.Tanh(), 16, 16);
        var weight = network.Parameters["hidden1.weight"];

        Support.AssertClose((eye(16) * 1.21).ToArray(), weight.matmul(weight.t()).ToArray(), 1e-5);
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("layer")]
    [InlineData("group")]
    public void Normalisation_keeps_the_pairs(string kind)
    {
        using var scope = NewDisposeScope();
        var normalization = kind switch { "batch" => Normalization.Batch(), "layer" => Normalization.Layer(), _ => Normalization.Group(4) };
        using var network = new TestNetwork(Network.Mlp(Layers(50, 16), normalization: normalization), 16, 16, Initializer.Isometric());
        using var random = new Generator(5);
        network.Module.train();
        var x = randn([64, 16], generator: random);

        // Rows that differ at the start still differ behind fifty layers, and as much.
        var y = network.Module.call(x);
        Assert.InRange(Correlation(y), -0.3, 0.3);
    }

    [Fact]
    public void Residual_branches_start_at_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp(Layers(21, 16), residual: true), 8, 8, Initializer.Isometric());
        var map = Map(network, 8);

        Support.AssertClose(eye(8).ToArray(), map.matmul(map.t()).ToArray(), 1e-5);
        Assert.All(network["hidden2.weight"], number => Assert.Equal(0, number));
        Assert.Contains(network["hidden1.weight"], number => number != 0);
    }

    [Fact]
    public void A_spectrally_normalised_branch_is_not_zero()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp(Layers(3, 8), residual: true, weightNormalization: WeightNormalization.Spectral()), 8, 8, Initializer.Isometric());

        Assert.Contains(network["hidden2.weight"], number => number != 0);
    }

    [Fact]
    public void Narrowed_to_some_layers_the_others_are_as_their_rule_says()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp(Layers(4, 16)), 16, 16, Initializer.Isometric().Where("hidden2").Then(Initializer.Isometric().Where("hidden3")).Then(Initializer.Identity()));

        Assert.Equal(eye(16).ToArray(), network["hidden1.weight"]);

        // hidden1 has no pairs: hidden2 reads it plainly, with the gain of ReLU, and has pairs. Each rule knows of its own layers alone.
        var weight = network.Parameters["hidden2.weight"];
        AssertOpposite(weight, 0);
        Assert.Equal(2 * 16, weight.square().sum().ToDouble(), 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Narrow_layers_are_filled(int width)
    {
        using var network = Build([width, width, width], Activation.Relu(), 4, 2);

        Assert.All(network.Numbers, number => Assert.True(double.IsFinite(number)));
        Assert.Contains(network["hidden1.weight"], number => number != 0);
    }

    [Fact]
    public void Wide_layers_are_normal_and_still_paired()
    {
        using var scope = NewDisposeScope();
        using var network = Build([4200], Activation.Relu(), 2100, 2);
        var weight = network.Parameters["hidden0.weight"];

        AssertOpposite(weight, 0);
        Assert.Equal(1 / Math.Sqrt(2100), weight.std().ToDouble(), 4);
    }

    [Fact]
    public void It_is_the_default() => Assert.Equal(Initializer.Isometric(), new NeuralNetworkOptions().Initializer);

    private static TestNetwork Build(int[] hidden, Activation activation, int inputs, int outputs) =>
        new(Network.Mlp(hidden, activation), inputs, outputs, Initializer.Isometric());

    private static int[] Layers(int depth, int width) => [.. Enumerable.Repeat(width, depth)];

    /// <summary>The network as a matrix, by what it makes of the unit vectors.</summary>
    private static Tensor Map(TestNetwork network, int inputs)
    {
        using var _ = no_grad();
        return network.Module.call(eye(inputs)).t();
    }

    private static double AwayFromLinear(TestNetwork network, Tensor map)
    {
        using var _ = no_grad();
        using var random = new Generator(7);
        var x = randn([20, map.shape[1]], generator: random);
        return (network.Module.call(x) - x.matmul(map.t())).abs().max().ToDouble();
    }

    /// <summary>The mean correlation of different rows' outputs.</summary>
    private static double Correlation(Tensor outputs)
    {
        using var _ = no_grad();
        var unit = outputs / outputs.norm(1, keepdim: true);
        var rows = unit.shape[0];
        return (unit.matmul(unit.t()).sum().ToDouble() - rows) / (rows * (rows - 1));
    }

    private static void AssertOpposite(Tensor weight, int dimension)
    {
        var pairs = weight.transpose(0, dimension).reshape(weight.shape[dimension] / 2, 2, -1);
        Assert.Equal(pairs.select(1, 0).ToArray(), (-pairs.select(1, 1)).ToArray());
    }
}
