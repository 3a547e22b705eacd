using Microsoft.ML;

namespace MLNet.GradStability.Tests.Training;

/// <summary>One seed and one machine give the same weights bit for bit.</summary>
public sealed class DeterminismTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([16, 16], dropout: 0.2),
        Epochs = 3,
    };

    [Fact]
    public void One_seed_gives_the_same_weights_bit_for_bit() => Assert.Equal(Weights(5, Options), Weights(5, Options));

    [Fact]
    public void Another_seed_gives_other_weights() => Assert.NotEqual(Weights(5, Options), Weights(6, Options));

    [Fact]
    public void The_seed_of_the_options_overrides_the_context()
    {
        var options = Options with { Seed = 3 };
        Assert.Equal(Weights(5, options), Weights(6, options));
    }

    [Fact]
    public void An_estimator_keeps_nothing_from_fit_to_fit()
    {
        var ml = new MLContext(1);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Gradients = GradientTransform.ClipByGlobalNorm(0.1) });
        var data = Samples.RingsView(ml);
        using var first = trainer.Fit(data);
        using var second = trainer.Fit(data);
        Assert.Equal(WeightsOf(first), WeightsOf(second));
    }

    [Fact]
    public void Parallel_fits_equal_serial_ones()
    {
        var serial = Enumerable.Range(0, 4).Select(seed => Weights(1, Options with { Seed = seed })).ToArray();
        var parallel = new float[4][];
        Parallel.For(0, 4, seed => parallel[seed] = Weights(1, Options with { Seed = seed }));
        Assert.Equal(serial, parallel);
    }

    [Fact]
    public void The_order_of_rows_depends_on_seed_and_epoch_alone()
    {
        Assert.Equal(Order(1, 1), Order(1, 1));
        Assert.NotEqual(Order(1, 1), Order(1, 2));
        Assert.NotEqual(Order(1, 1), Order(2, 1));
    }

    private static int[] Order(int seed, int epoch)
    {
        var order = Enumerable.Range(0, 50).ToArray();
        new RunSeed(seed).ForOrder(epoch).Shuffle(order);
        return order;
    }

    private static float[] Weights(int contextSeed, NeuralNetworkOptions options)
    {
        var ml = new MLContext(contextSeed);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        return WeightsOf(model);
    }

    private static float[] WeightsOf(NeuralNetworkTransformer model) =>
        [.. model.Model.Module.named_parameters().SelectMany(named => named.Item2.ToArray()).Select(value => (float)value)];
}
