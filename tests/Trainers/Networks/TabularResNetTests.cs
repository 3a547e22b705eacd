using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>How <see cref="Network.TabularResNet"/> is put together, starts and learns.</summary>
public class TabularResNetTests
{
    [Fact]
    public void The_summary_shows_its_blocks()
    {
        var lines = Network.TabularResNet(4, 2, 0.1, 3).Summary(5, 2).Split('\n');

        Assert.Equal(
            ["input", "norm0", "expand0", "activation0", "dropout0", "shrink0", "norm1", "expand1", "activation1", "dropout1", "shrink1", "norm", "activation", "output", "total"],
            lines.Skip(1).SkipLast(1).Select(line => line.Split(' ')[0]));
        Assert.EndsWith($" {(5 * 4) + 4 + (2 * (8 + (4 * 12) + 12 + (12 * 4) + 4)) + 8 + 8 + 2}", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Its_blocks_start_as_the_identity_by_default()
    {
        using var network = new TestNetwork(Network.TabularResNet(4, 2), 5, 2, new NeuralNetworkOptions().Initializer);

        Assert.All(network["shrink1.weight"], number => Assert.Equal(0, number));
        Assert.Contains(network["expand1.weight"], number => number != 0);
    }

    [Fact]
    public void Weights_are_counted_without_building()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.TabularResNet(4, 3, 0.1, 3), 5, 2);

        Assert.Equal(network.Parameters.Values.Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel()), Network.TabularResNet(4, 3, 0.1, 3).WeightCount(5, 2));
    }

    [Fact]
    public void It_parts_what_a_line_cannot()
    {
        var ml = new MLContext(1);
        var rows = Samples.RingsView(ml);
        var options = new NeuralNetworkOptions { Network = Network.TabularResNet(16, 2, 0), Epochs = 20, LabelColumnName = "Ring", Optimizer = Optimizer.Adam(1e-2), Seed = 1 };

        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows);

        Assert.True(ml.MulticlassClassification.Evaluate(model.Transform(rows), "Ring").MicroAccuracy > 0.9);
    }

    [Theory]
    [InlineData(0, 1, 2, "Network.TabularResNet: width must be from 1 to 65536; got 0.")]
    [InlineData(8, 0, 2, "Network.TabularResNet: blocks must be from 1 to 5000; got 0.")]
    [InlineData(40_000, 1, 2, "Network.TabularResNet: expansion must be 1 or greater, and its product with width at most 65536; got 2.")]
    public void What_cannot_be_is_refused(int width, int blocks, int expansion, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Network.TabularResNet(width, blocks, 0, expansion));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
