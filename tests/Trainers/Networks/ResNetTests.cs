using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>The sizes of <see cref="Network.ResNet"/>, how its blocks start, and that it learns hand-written digits.</summary>
[Trait("Row", "R23")]
public class ResNetTests
{
    [Theory]
    [InlineData(18, 11_689_512)]
    [InlineData(34, 21_797_672)]
    [InlineData(50, 25_557_032)]
    public void It_has_as_many_parameters_as_in_torchvision(int depth, int parameters)
    {
        var network = Network.ResNet(depth, [3, 224, 224]);
        using var scope = NewDisposeScope();
        using var module = NetworkFactory.Build(network, 3 * 224 * 224, 1000, 1, null);

        Assert.Equal(parameters, module.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(module.parameters().Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel()), network.WeightCount(3 * 224 * 224, 1000));
    }

    [Fact]
    public void Its_layers_are_named_as_in_torchvision()
    {
        using var scope = NewDisposeScope();
        using var module = NetworkFactory.Build(Network.ResNet(50, [3, 33, 33], width: 2), 3 * 33 * 33, 4, 1, null);
        var names = module.named_parameters().Select(named => named.name).ToList();

        Assert.Equal(["conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight", "layer1.0.bn1.weight"], names.Take(5));
        Assert.Equal(161, names.Count);
        Assert.Contains("layer4.0.downsample.0.weight", names);
        Assert.Contains("layer4.0.downsample.1.bias", names);
        Assert.Contains("layer3.5.bn3.weight", names);
        Assert.Contains("layer1.0.bn1.running_mean", module.named_buffers().Select(named => named.Item1));
    }

    [Theory]
    [InlineData(32, 40, ResNetStem.Auto, "[batch, 2, 32, 40]")]
    [InlineData(33, 40, ResNetStem.Auto, "[batch, 2, 9, 10]")]
    [InlineData(33, 40, ResNetStem.Small, "[batch, 2, 33, 40]")]
    [InlineData(8, 8, ResNetStem.Large, "[batch, 2, 2, 2]")]
    public void The_stem_goes_by_the_size_of_the_images(int height, int width, ResNetStem stem, string shape)
    {
        var summary = Network.ResNet(10, [1, height, width], width: 2, stem: stem).Summary(height * width, 3);

        Assert.Contains(shape, summary.Split('\n').Single(line => line.StartsWith("layer1.0.conv1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_start_as_the_identity()
    {
        using var scope = NewDisposeScope();
        using var block = new TestNetwork(Network.ResNet(10, [1, 8, 8], width: 4), 64, 3, Initializer.Isometric());
        Assert.All(block["layer1.0.bn1.weight"], scale => Assert.Equal(1, scale));
        Assert.All(block["layer1.0.bn2.weight"], scale => Assert.Equal(0, scale));

        var seen = new List<double[]>();
        var layer = (nn.Module<Tensor, Tensor>)block.Module.named_modules().First(named => named.Item1 == "layer1").Item2;
        var hook = layer.register_forward_hook((_, input, output) =>
        {
            seen.AddRange([input.ToArray(), output.ToArray()]);
            return output;
        });
        block.Module.call(TestNetwork.Digits(3));
        hook.remove();

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public void A_scale_that_is_named_starts_as_told()
    {
        var initializer = Initializer.Constant(0.5).Where("layer1.0.bn2*").Then(Initializer.Isometric());
        using var network = new TestNetwork(Network.ResNet(10, [1, 8, 8], width: 4), 64, 3, initializer);

        Assert.All(network["layer1.0.bn2.weight"], scale => Assert.Equal(1, scale));
        Assert.All(network["layer2.0.bn2.weight"], scale => Assert.Equal(0, scale));
    }

    [Fact]
    public void A_small_one_reads_digits()
    {
        var ml = new MLContext(1);
        var digits = ml.Data.TakeRows(Samples.Digits(ml), 400);
        var options = new NeuralNetworkOptions { Network = Network.ResNet(10, [1, 8, 8], width: 8), Epochs = 2, BatchSize = 20, Optimizer = Optimizer.Adam(3e-3), Seed = 1 };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options));

        var model = pipeline.Fit(digits);
        var accuracy = ml.MulticlassClassification.Evaluate(model.Transform(digits)).MicroAccuracy;
        model.LastTransformer.Dispose();

        Assert.True(accuracy > 0.5, $"accuracy {accuracy}");
    }

    [Theory]
    [InlineData(20, 64, "Network.ResNet: depth must be one of 10, 18, 34, 50, 101, 152; got 20.")]
    [InlineData(18, 0, "Network.ResNet: width must be from 1 to 8192; got 0.")]
    [InlineData(18, 10, "Network.ResNet: width must hold widths that 4 groups divide into two units or more; got 10.")]
    public void What_cannot_be_is_refused(int depth, int width, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Network.ResNet(depth, [1, 8, 8], width, normalization: Normalization.Group(4)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
