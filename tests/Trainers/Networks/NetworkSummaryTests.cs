using System.Globalization;
using MLNet.GradStability.Tests.Networks;

namespace MLNet.GradStability.Tests;

public class NetworkSummaryTests
{
    private static readonly Dictionary<string, Network> All = new()
    {
        ["mlp"] = Network.Mlp([8, 4], dropout: 0.1, normalization: Normalization.Layer()),
        ["residual mlp"] = Network.Mlp([8, 8, 8], residual: true),
        ["cnn"] = Network.Cnn([2, 4, 4], [Layer.Conv(4, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dropout(0.1), Layer.Dense(6)], normalization: Normalization.Group(2)),
        ["resnet with blocks"] = Network.ResNet(18, [1, 8, 8], width: 2),
        ["resnet with bottlenecks"] = Network.ResNet(50, [1, 8, 8], width: 2),
        ["rnn"] = Network.Recurrent(RecurrentCell.Rnn, [8, 2], 4, layers: 2, dropout: 0.1),
        ["irnn"] = Network.Recurrent(RecurrentCell.Irnn, [8, 2], 4, outputs: SequenceOutput.Mean),
        ["gru"] = Network.Recurrent(RecurrentCell.Gru, [4, 4], 4, outputs: SequenceOutput.All),
        ["lstm"] = Network.Recurrent(RecurrentCell.Lstm, [4, 4], 4, bidirectional: true),
        ["tabular"] = Network.TabularResNet(8, 2),
        ["custom"] = OwnNets.Registered(),
        ["custom record"] = OwnNets.Record(7),
    };

    public static TheoryData<string> Kinds => [.. All.Keys];

    [Fact]
    public void It_lists_layers_with_shapes_and_counts() => Assert.Equal(
        """
        Layer        Kind                     Output       Parameters
        hidden0      Linear                   [batch, 32]       2,080
        norm0        BatchNormalizationLayer  [batch, 32]          64
        activation0  ReLU                     [batch, 32]           0
        output       Linear                   [batch, 10]         330
        total                                                   2,474

        """.ReplaceLineEndings("\n"),
        Network.Mlp([32], normalization: Normalization.Batch()).Summary(64, 10));

    [Fact]
    public void Blocks_and_other_weights_count_their_extra_parameters()
    {
        var network = Network.Mlp([8, 8, 8], weightNormalization: WeightNormalization.Weight(), residual: true);

        // 3 hidden layers with 8 magnitudes each, one multiplier, the output layer.
        Assert.Contains($"{(5 * 8) + 8 + 8 + (2 * ((8 * 8) + 8 + 8)) + 1 + 8 + 1:N0}", network.Summary(5, 1).TrimEnd().Split('\n')[^1]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_network_lists_all_its_parameters_and_ends_with_its_outputs(string kind)
    {
        var network = All[kind];
        var inputs = network.Shape?.Count ?? 12;
        var lines = network.Summary(inputs, 3).TrimEnd().Split('\n').Skip(1).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        using var module = NetworkFactory.Build(network, inputs, 3, 1, null);

        var total = module.parameters().Sum(parameter => parameter.numel());
        Assert.Equal(["total", $"{total:N0}"], lines[^1]);
        Assert.Equal(total, lines[..^1].Sum(line => long.Parse(line[3], NumberStyles.Number, CultureInfo.InvariantCulture)));
        Assert.Equal("[batch, 3]", lines[^2][2]);
        Assert.All(lines[..^1], line => Assert.StartsWith("[batch, ", line[2], StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Row", "R23")]
    [InlineData(18, "11,689,512")]
    [InlineData(50, "25,557,032")]
    public void ResNets_count_as_torchvision_does(int depth, string total)
    {
        var lines = Network.ResNet(depth, [3, 224, 224]).Summary(3 * 224 * 224, 1000).TrimEnd().Split('\n');

        Assert.EndsWith("  " + total, lines[^1], StringComparison.Ordinal);
        Assert.Contains("[batch, 64, 112, 112]", lines.Single(line => line.StartsWith("conv1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"[batch, {(depth == 18 ? 512 : 2048)}]", lines.Single(line => line.StartsWith("avgpool ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("[batch, 1000]", lines[^2], StringComparison.Ordinal);
    }
}
