namespace MLNet.GradStability.Tests;

public class NetworkSummaryTests
{
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
}
