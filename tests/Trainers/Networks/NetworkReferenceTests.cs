using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Outputs, gradients and running statistics against PyTorch for copied weights (tests/Reference/networks).</summary>
public class NetworkReferenceTests
{
    private const double Tolerance = 2e-6;

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["activation:relu"] = Network.Mlp([6, 3]),
        ["activation:leaky-relu"] = Network.Mlp([6, 3], Activation.LeakyRelu(0.1)),
        ["activation:tanh"] = Network.Mlp([6, 3], Activation.Tanh()),
        ["activation:sigmoid"] = Network.Mlp([6, 3], Activation.Sigmoid()),
        ["activation:gelu"] = Network.Mlp([6, 3], Activation.Gelu()),
        ["activation:silu"] = Network.Mlp([6, 3], Activation.Silu()),
        ["activation:mish"] = Network.Mlp([6, 3], Activation.Mish()),
        ["activation:elu"] = Network.Mlp([6, 3], Activation.Elu(0.7)),
        ["activation:selu"] = Network.Mlp([6, 3], Activation.Selu()),
        ["linear"] = Network.Mlp([]),
        ["batch"] = Network.Mlp([6, 4], normalization: Normalization.Batch(momentum: 0.2, epsilon: 1e-3)),
        ["layer"] = Network.Mlp([6, 4], normalization: Normalization.Layer()),
        ["group"] = Network.Mlp([6, 4], normalization: Normalization.Group(2, epsilon: 1e-3)),
        ["weight"] = Network.Mlp([6, 3], weightNormalization: WeightNormalization.Weight()),
        ["weight-one-unit"] = Network.Mlp([1], Activation.Tanh(), weightNormalization: WeightNormalization.Weight()),
        ["spectral"] = Network.Mlp([6, 3], weightNormalization: WeightNormalization.Spectral()),
        ["spectral-3"] = Network.Mlp([6, 3], weightNormalization: WeightNormalization.Spectral(3)),
        ["residual"] = Network.Mlp([5, 5, 5, 5, 5, 4, 4], residual: true),
        ["residual-batch"] = Network.Mlp([5, 5, 5], normalization: Normalization.Batch(), residual: true),
    };

    public static TheoryData<string> Cases => [.. Networks.Keys];

    [Fact]
    public void Every_case_is_tried()
    {
        using var reference = Support.Reference("networks/networks.json");

        Assert.Equal(Networks.Keys, reference.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_network_computes_what_PyTorch_computes(string kind)
    {
        using var scope = NewDisposeScope();
        using var reference = Support.Reference("networks/networks.json");
        var expected = reference.RootElement.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("kind").GetString() == kind);
        using var network = new TestNetwork(Networks[kind], expected.GetProperty("inputs").GetInt32(), expected.GetProperty("outputs").GetInt32());
        var numbers = network.Parameters.Concat(network.Module.named_buffers().ToDictionary(named => named.Item1, named => named.Item2)).ToDictionary();
        Assert.Equal(expected.GetProperty("start").EnumerateObject().Select(item => item.Name).Order(), numbers.Keys.Order());
        using (no_grad())
        {
            foreach (var item in expected.GetProperty("start").EnumerateObject())
            {
                numbers[item.Name].copy_(tensor(item.Value.Numbers(), float32).view(numbers[item.Name].shape));
            }
        }

        network.Module.train();
        var outputs = network.Module.call(Rows(expected.GetProperty("input")));
        outputs.square().mean().backward();

        Support.AssertClose(expected.GetProperty("training_output").Numbers(), outputs.ToArray(), Tolerance);
        foreach (var item in expected.GetProperty("gradients").EnumerateObject())
        {
            Support.AssertClose(item.Value.Numbers(), network.Parameters[item.Name].grad!.ToArray(), Tolerance);
        }

        foreach (var item in expected.GetProperty("buffers_after").EnumerateObject())
        {
            Support.AssertClose(item.Value.Numbers(), numbers[item.Name].ToArray(), Tolerance);
        }

        network.Module.eval();
        Support.AssertClose(expected.GetProperty("evaluation_output").Numbers(), network.Module.call(Rows(expected.GetProperty("fresh_input"))).ToArray(), Tolerance);
    }

    private static Tensor Rows(JsonElement rows) => tensor(rows.Numbers(), float32).view(rows.GetArrayLength(), -1);
}
