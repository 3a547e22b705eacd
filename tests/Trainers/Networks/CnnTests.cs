using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>How <see cref="Network.Cnn"/> is put together, what it refuses, and that it learns.</summary>
public class CnnTests
{
    private static readonly Network Row22 = Network.Cnn([1, 28, 28], [Layer.Conv(32, 3), Layer.GlobalAveragePool(), Layer.Dense(64)]);

    [Fact]
    [Trait("Row", "R22")]
    public void The_summary_shows_shapes_and_counts() => Assert.Equal(
        """
        Layer        Kind         Output               Parameters
        image        RowView      [batch, 1, 28, 28]            0
        conv0        Conv2d       [batch, 32, 28, 28]         320
        activation0  ReLU         [batch, 32, 28, 28]           0
        pool1        ChannelMean  [batch, 32]                   0
        dense2       Linear       [batch, 64]               2,112
        activation2  ReLU         [batch, 64]                   0
        output       Linear       [batch, 10]                 650
        total                                               3,082

        """.ReplaceLineEndings("\n"),
        Row22.Summary(784, 10));

    [Fact]
    [Trait("Row", "R22")]
    public void It_learns_from_a_hundred_images()
    {
        var ml = new MLContext(1);
        var images = ml.Data.LoadFromEnumerable(Stripes(100));
        var options = new NeuralNetworkOptions { Network = Row22, Epochs = 10, BatchSize = 10, Optimizer = Optimizer.Adam(1e-2), Seed = 1 };

        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(images);
        var losses = model.Model.Training!.Epochs.Select(epoch => epoch.Loss).ToList();
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(images));

        Assert.Equal(10, losses.Count);
        Assert.True(losses[^1] < 0.7 * losses[0], $"loss {losses[0]} -> {losses[^1]}");
        Assert.True(metrics.MicroAccuracy > 0.5, $"accuracy {metrics.MicroAccuracy}");
    }

    [Fact]
    public void A_row_is_read_channel_by_channel()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Cnn([2, 2, 3], [Layer.Conv(2, 1), Layer.GlobalAveragePool()]), 12, 2);
        using (no_grad())
        {
            network.Parameters["conv0.weight"].copy_(eye(2).view(2, 2, 1, 1));
            network.Parameters["output.weight"].copy_(eye(2));
        }

        var row = tensor(new float[] { 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60 }).view(1, 12);

        Support.AssertClose([3.5, 35], network.Module.call(row).ToArray(), 1e-6);
    }

    [Fact]
    public void Twenty_plain_layers_are_written_in_one_line()
    {
        using var scope = NewDisposeScope();
        var network = Network.Cnn([1, 8, 8], [.. Enumerable.Repeat(Layer.Conv(16, 3), 20), Layer.GlobalAveragePool()]);
        using var built = new TestNetwork(network, 64, 10);

        Assert.Equal(21, built.Parameters.Count(parameter => parameter.Value.dim() > 1));
        Assert.Equal([3, 10], built.Module.call(TestNetwork.Digits(3)).shape);
        Assert.Equal(built.Parameters.Where(parameter => parameter.Value.dim() > 1).Sum(parameter => parameter.Value.numel()), network.WeightCount(64, 10));
    }

    [Theory]
    [InlineData("conv", "layer 1 of Network.Cnn: its input must be an image [channels, height, width] for Layer.Conv; got [4]. Put it before")]
    [InlineData("dense", "layer 0 of Network.Cnn: its input must be a vector for Layer.Dense; got [1, 4, 4]. Put Layer.GlobalAveragePool() or Layer.Flatten() in front of it.")]
    [InlineData("window", "layer 1 of Network.Cnn: its input must be at least 3 high and wide for a window of 3; got [1, 2, 2].")]
    [InlineData("image", "Network.Cnn: the shape behind the last layer must be that of a vector; got [4, 4, 4]. End the image part with")]
    [InlineData("even", "Layer.Conv: kernel must be odd where the padding is Same; got 2.")]
    [InlineData("shape", "Network.Cnn: inputShape must be 3 sizes [channels, height, width], each 1 or greater; got [4, 4].")]
    [InlineData("norm", "Network.Cnn: layers must hold widths that 3 groups divide into two units or more; got 4.")]
    [InlineData("dropout", "Layer.Dropout: p must be greater than 0 and below 1; got 1.")]
    public void What_does_not_fit_is_refused_at_once(string fault, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => fault switch
        {
            "conv" => Network.Cnn([1, 2, 2], [Layer.Flatten(), Layer.Conv(4, 3)]),
            "dense" => Network.Cnn([1, 4, 4], [Layer.Dense(4)]),
            "window" => Network.Cnn([1, 4, 4], [Layer.MaxPool(2), Layer.MaxPool(3)]),
            "image" => Network.Cnn([1, 4, 4], [Layer.Conv(4, 3)]),
            "even" => Network.Cnn([1, 4, 4], [Layer.Conv(4, 2)]),
            "shape" => Network.Cnn([4, 4], [Layer.Flatten()]),
            "norm" => Network.Cnn([1, 4, 4], [Layer.Conv(4, 3), Layer.Flatten()], normalization: Normalization.Group(3)),
            _ => Network.Cnn([1, 4, 4], [Layer.Dropout(1), Layer.Flatten()]),
        });

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Stripes with noise: five directions, two widths.</summary>
    private static List<Image> Stripes(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (angle, frequency, phase) = (i % 5 * Math.PI / 5, i % 10 < 5 ? 0.8 : 2, random.NextDouble() * 6);
            var pixels = Enumerable.Range(0, 784).Select(at => Math.Sin((frequency * ((at / 28 * Math.Sin(angle)) + (at % 28 * Math.Cos(angle)))) + phase) + (0.3 * random.NextDouble()));
            return new Image { Features = [.. pixels.Select(pixel => (float)pixel)], Label = (uint)(i % 10) };
        })];
    }

    private sealed class Image
    {
        [VectorType(784)]
        public float[] Features { get; set; } = [];

        [KeyType(10)]
        public uint Label { get; set; }
    }
}
