using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

[Trait("Row", "R7")]
public class BatchNormalizationTests
{
    [Fact]
    public void It_keeps_the_inputs_of_every_layer_near_mean_0_and_variance_1()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(
            Network.Mlp([.. Enumerable.Repeat(32, 10)], normalization: Normalization.Batch()), 64, 10, Initializer.Normal(0.5));
        var seen = 0;
        foreach (var (_, module) in network.Module.named_modules().Where(named => named.Item1.StartsWith("norm", StringComparison.Ordinal)))
        {
            ((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) =>
            {
                seen++;
                Assert.All(output.mean([0]).ToArray(), mean => Assert.InRange(mean, -1e-4, 1e-4));
                Assert.InRange(output.var(false).ToDouble(), 0.98, 1.001);
                return output;
            });
        }

        network.Module.train();
        network.Module.call((TestNetwork.Digits(64) * 100) + 7);

        Assert.Equal(10, seen);
    }

    [Theory]
    [InlineData(false, 0.1, 0.2)]
    [InlineData(true, 0.6, 1.0)]
    public void It_trains_a_network_that_does_not_train_without_it(bool normalized, double lowest, double highest)
    {
        var ml = new MLContext(1);
        var data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Samples.Digits(ml)).Transform(Samples.Digits(ml));
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Network = Network.Mlp([.. Enumerable.Repeat(32, 10)], normalization: normalized ? Normalization.Batch() : null),
            Initializer = Initializer.Normal(0.01),
            Optimizer = Optimizer.Adam(3e-3),
            Stability = null,
            Epochs = 6,
            BatchSize = 64,
            Seed = 1,
        }).Fit(data);
        using var network = model.Model;

        Assert.InRange(ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, lowest, highest);
    }

    [Fact]
    public void A_single_row_is_normalised_by_the_running_statistics()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormalizationLayer(3, 0.5, 1e-5);
        layer.train();
        layer.call(tensor(new float[] { 1, 2, 3, 3, 6, 9 }).view(2, 3));
        var row = tensor(new float[] { 2, 0, -1 }).view(1, 3);
        var before = Buffers(layer);
        var trained = layer.call(row).ToArray();
        layer.eval();

        Assert.Equal(before, Buffers(layer));
        Assert.Equal(layer.call(row).ToArray(), trained);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_epoch_may_end_in_a_batch_of_one_row(int batchSize)
    {
        var ml = new MLContext(1);
        var rows = Samples.Rings(13).ToList();
        using var network = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = nameof(Samples.Point.Ring),
            Network = Network.Mlp([8], normalization: Normalization.Batch()),
            Epochs = 2,
            BatchSize = batchSize,
            Seed = 1,
        }).Fit(ml.Data.LoadFromEnumerable(rows)).Model;

        Assert.Equal(0, network.Training!.SkippedSteps);
        Assert.All(network.Module.parameters(), parameter => Assert.All(Support.ToArray(parameter), number => Assert.True(double.IsFinite(number))));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Statistics_that_are_not_finite_are_left_out_channel_by_channel(float bad)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormalizationLayer(2, 0.5, 1e-5);
        layer.train();
        layer.call(tensor(new[] { 1, bad, 3, 4 }).view(2, 2));

        // Channel 0: mean 2, unbiased variance 2, half way from 0 and 1. Channel 1 keeps its start.
        Assert.Equal([1, 0, 1.5, 1], Buffers(layer));
    }

    [Fact]
    public void Statistics_of_other_weights_are_the_mean_over_batches()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([4], normalization: Normalization.Batch()), 3, 2);
        using var random = new Generator(4);
        var batches = Enumerable.Range(0, 3).Select(_ => randn([6, 3], generator: random) * 5).ToList();
        network.Module.train();
        network.Module.call(ones(2, 3) * 1e6);

        BatchNormStatistics.Recompute(network.Module, batches.Select(batch => new Batch(batch.clone(), zeros(6), null)));

        var hidden = batches.Select(batch => batch.matmul(network.Parameters["hidden0.weight"].t())).ToList();
        var buffers = network.Module.named_buffers().ToDictionary(named => named.Item1, named => named.Item2.ToArray());
        Support.AssertClose(stack(hidden.Select(x => x.mean([0]))).mean([0]).ToArray(), buffers["norm0.running_mean"], 1e-5);
        Support.AssertClose(stack(hidden.Select(x => x.var(0))).mean([0]).ToArray(), buffers["norm0.running_var"], 1e-5);
        Assert.False(network.Module.training);
    }

    [Fact]
    public void A_saved_model_scores_as_before()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml, 60);
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = nameof(Samples.Point.Ring),
            Network = Network.Mlp([8, 8, 8], normalization: Normalization.Batch(), weightNormalization: WeightNormalization.Spectral(), residual: true),
            Epochs = 3,
            Seed = 1,
        }).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext(2).UseGradStability().Model.Load(stream, out _);

        Assert.Equal(Scores(model, data), Scores(loaded, data));
    }

    private static double[] Buffers(nn.Module module) => [.. module.named_buffers().SelectMany(named => named.Item2.ToArray())];

    private static float[] Scores(ITransformer model, IDataView data) =>
        [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores)];
}
