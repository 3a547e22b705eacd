using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class LsuvTests
{
    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("gelu")]
    public void Every_layer_of_a_deep_network_has_unit_variance_on_raw_digits(string activation)
    {
        using var scope = NewDisposeScope();
        var rows = TestNetwork.Digits(256);
        var function = Descriptions.FromJson<Activation>($"{{\"kind\":\"{activation}\"}}");
        using var network = new TestNetwork(Network.Mlp([.. Enumerable.Repeat(64, 20)], function), 64, 10, Initializer.Lsuv(), batch: rows);

        using var _ = no_grad();
        var x = rows;
        using var apply = function.Create();
        for (var i = 0; i < 20; i++)
        {
            x = x.matmul(network.Parameters[$"hidden{i}.weight"].t());
            Assert.InRange(x.std(false).ToDouble(), 0.9, 1.1);
            x = apply.call(x);
        }

        Assert.InRange(x.matmul(network.Parameters["output.weight"].t()).std(false).ToDouble(), 0.9, 1.1);
    }

    [Fact]
    public void Weights_stay_orthogonal_but_for_their_scale()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([64]), 64, 10, Initializer.Lsuv(), batch: TestNetwork.Digits(32));
        var weight = network.Parameters["hidden0.weight"];
        var gram = weight.matmul(weight.t());
        var scale = gram.ToArray()[0];

        Support.AssertClose((eye(64) * scale).ToArray(), gram.ToArray(), 1e-5 * scale);
    }

    [Fact]
    public void Layers_under_normalisation_and_weight_normalisation_are_measured_too()
    {
        using var scope = NewDisposeScope();
        var rows = TestNetwork.Digits(64);
        var network = Network.Mlp([32, 32, 32], normalization: Normalization.Batch(), weightNormalization: WeightNormalization.Weight());
        using var built = new TestNetwork(network, 64, 10, Initializer.Lsuv(), batch: rows);
        using var _ = no_grad();

        Assert.InRange(built.Module.named_modules().Where(named => named.Item1 == "hidden0").Select(named => ((nn.Module<Tensor, Tensor>)named.Item2).call(rows).std(false).ToDouble()).Single(), 0.9, 1.1);
        Assert.InRange(built.Module.call(rows).std(false).ToDouble(), 0.9, 1.1);
    }

    [Fact]
    public void A_scale_that_has_no_effect_is_left_at_1()
    {
        using var scope = NewDisposeScope();
        var network = Network.Mlp([32], weightNormalization: WeightNormalization.Spectral());
        using var built = new TestNetwork(network, 64, 10, Initializer.Lsuv(), batch: TestNetwork.Digits(32));

        Assert.Equal(1, built.Parameters["hidden0.weight"].norm(1).mean().ToDouble(), 1e-4);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void Rows_that_say_nothing_leave_finite_weights(double value)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([8, 8]), 4, 1, Initializer.Lsuv(), batch: full([5, 4], value, dtype: float32));

        Assert.All(network.Numbers, number => Assert.InRange(Math.Abs(number), 0, 1.0001));
    }

    [Fact]
    public void One_row_and_one_unit_are_enough_not_to_break_it()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([1]), 1, 1, Initializer.Lsuv(), batch: ones(1, 1));

        Assert.All(network.Numbers, number => Assert.True(double.IsFinite(number)));
    }

    [Fact]
    public void A_trainer_hands_it_the_first_batch()
    {
        using var scope = NewDisposeScope();
        var ml = new MLContext(1);
        var data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Samples.Digits(ml)).Transform(ml.Data.TakeRows(Samples.Digits(ml), 100));
        using var network = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Network = Network.Mlp([32, 32]),
            InputScaling = null,
            Initializer = Initializer.Lsuv(),
            Optimizer = Optimizer.Sgd(1e-12),
            Epochs = 1,
            BatchSize = 100,
        }).Fit(data).Model;
        using var _ = no_grad();

        Assert.InRange(network.Module.call(TestNetwork.Digits(100)).std(false).ToDouble(), 0.9, 1.1);
    }

    [Fact]
    public void Other_layers_are_in_place_before_it_measures()
    {
        using var scope = NewDisposeScope();
        var rows = TestNetwork.Digits(64);
        var rule = Initializer.Lsuv().Where("output").Then(Initializer.HeNormal());
        using var network = new TestNetwork(Network.Mlp([64, 64]), 64, 10, rule, batch: rows);
        using var _ = no_grad();

        Assert.InRange(network.Module.call(rows).std(false).ToDouble(), 0.9, 1.1);
        VarianceScalingTests.AssertDeviation(network["hidden1.weight"], Math.Sqrt(2.0 / 64));
    }
}
