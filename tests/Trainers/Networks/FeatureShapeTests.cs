using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>A network that states the shape of its input says so when the data has another.</summary>
public class FeatureShapeTests
{
    private static readonly Layer[] Layers = [Layer.Conv(2, 3), Layer.GlobalAveragePool()];

    private readonly MLContext _ml = new(1);

    [Fact]
    public void Fit_refuses_a_column_of_another_size()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(Network.Cnn([3, 4, 2], Layers)));

        Assert.Equal(
            "Network.Cnn: inputShape must hold as many numbers as a row has features; [3, 4, 2] holds 24, the feature column \"Features\" 12. State the shape [channels, height, width] of those rows, or give the network other rows.",
            error.Message);
    }

    [Fact]
    public void Fit_refuses_a_column_with_its_channels_elsewhere()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(Network.Cnn([3, 2, 2], Layers)));

        Assert.StartsWith("Network.Cnn: inputShape must be that of the feature column \"Features\", [2, 2, 3]; got [3, 2, 2].", error.Message, StringComparison.Ordinal);
        Assert.Contains("interleavePixelColors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_takes_a_column_of_that_shape()
    {
        using var model = Fit(Network.Cnn([2, 2, 3], Layers));

        Assert.Equal(StopKind.Completed, model.Model.Training!.StopReason.Kind);
    }

    [Fact]
    public void The_summary_refuses_another_size()
    {
        var error = Assert.Throws<ArgumentException>(() => Network.Cnn([3, 4, 2], Layers).Summary(20, 2));

        Assert.StartsWith("Network.Cnn: inputShape must hold as many numbers as a row has features; [3, 4, 2] holds 24, inputSize 20.", error.Message, StringComparison.Ordinal);
    }

    private NeuralNetworkTransformer Fit(Network network)
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { Features = [.. Enumerable.Range(i, 12).Select(x => (float)Math.Sin(x))], Label = i }));
        return _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Network = network, Epochs = 1, Seed = 1 }).Fit(rows);
    }

    private sealed class Row
    {
        [VectorType(2, 2, 3)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
