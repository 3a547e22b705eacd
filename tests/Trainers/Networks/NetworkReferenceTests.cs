using System.Text.Json;
using TorchSharp;
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
        ["cnn"] = Network.Cnn(
            [2, 6, 7],
            [Layer.Conv(4, 3, stride: 2), Layer.AveragePool(2, stride: 1), Layer.Conv(3, 2, padding: ConvolutionPadding.Valid), Layer.GlobalAveragePool(), Layer.Dense(4)],
            Activation.LeakyRelu(0.1),
            normalization: Normalization.Batch()),
        ["cnn-pooled"] = Network.Cnn([1, 5, 5], [Layer.Conv(3, 3), Layer.MaxPool(2), Layer.Flatten()], Activation.Tanh()),
        ["resnet-10"] = Network.ResNet(10, [2, 5, 4], width: 1),
        ["resnet-50-large"] = Network.ResNet(50, [1, 9, 11], width: 1, stem: ResNetStem.Large),
        ["rnn"] = Network.Recurrent(RecurrentCell.Rnn, [4, 2], 3),
        ["irnn"] = Network.Recurrent(RecurrentCell.Irnn, [4, 2], 3, outputs: SequenceOutput.Mean),
        ["gru"] = Network.Recurrent(RecurrentCell.Gru, [4, 2], 3, layers: 2, outputs: SequenceOutput.All),
        ["lstm"] = Network.Recurrent(RecurrentCell.Lstm, [4, 2], 3, layers: 2, bidirectional: true),
        ["tabular"] = Network.TabularResNet(width: 4, blocks: 2, dropout: 0),
    };

    private static readonly Dictionary<string, JsonElement> References = new[] { "networks/networks.json", "networks/structured.json" }
        .SelectMany(path => Support.Reference(path).RootElement.GetProperty("cases").EnumerateArray())
        .ToDictionary(item => item.GetProperty("kind").GetString()!);

    public static TheoryData<string> Cases => [.. Networks.Keys];

    [Fact]
    public void Every_case_is_tried() => Assert.Equal(Networks.Keys, References.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_network_computes_what_PyTorch_computes(string kind)
    {
        using var scope = NewDisposeScope();
        var expected = References[kind];
        var type = expected.GetProperty("double").GetBoolean() ? ScalarType.Float64 : ScalarType.Float32;
        using var network = new TestNetwork(Networks[kind], expected.GetProperty("inputs").GetInt32(), expected.GetProperty("outputs").GetInt32());
        network.Module.to(type);
        var numbers = network.Parameters.Concat(network.Module.named_buffers().ToDictionary(named => named.Item1, named => named.Item2)).ToDictionary();
        Support.Fill(numbers, expected.GetProperty("start"));

        network.Module.train();
        var outputs = network.Module.call(Rows(expected.GetProperty("input"), type));
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
        Support.AssertClose(expected.GetProperty("evaluation_output").Numbers(), network.Module.call(Rows(expected.GetProperty("fresh_input"), type)).ToArray(), Tolerance);
    }

    private static Tensor Rows(JsonElement rows, ScalarType type) => tensor(rows.Numbers(), float32).to(type).view(rows.GetArrayLength(), -1);
}
