using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Rates, decay and freezing by layer.</summary>
[Trait("Row", "R13")]
public sealed class LayerRuleTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([6, 5]),
        Epochs = 2,
        Seed = 1,
    };

    [Fact]
    public void A_frozen_layer_stays_bit_for_bit_while_the_others_train()
    {
        var before = Weights(Options with { Optimizer = Optimizer.Sgd(1e-300) });
        var options = Options with { Regularizer = Regularizer.L2(0.1), Constraint = Constraint.MaxNorm(0.01), Optimizer = Optimizer.AdamW(0.01).Freeze("hidden0") };
        var after = Weights(options);
        Assert.Equal(before["hidden0.weight"], after["hidden0.weight"]);
        Assert.Equal(before["hidden0.bias"], after["hidden0.bias"]);
        Assert.NotEqual(before["hidden1.weight"], after["hidden1.weight"]);
        Assert.NotEqual(before["output.bias"], after["output.bias"]);
    }

    [Fact]
    public void The_last_rule_that_fits_holds_alone()
    {
        var after = Weights(Options with { Optimizer = Optimizer.Sgd(0.1).Freeze("*").ForLayers("output") });
        var before = Weights(Options with { Optimizer = Optimizer.Sgd(1e-300) });
        Assert.Equal(before["hidden1.weight"], after["hidden1.weight"]);
        Assert.NotEqual(before["output.weight"], after["output.weight"]);
    }

    [Fact]
    public void Parameters_of_one_rule_lie_together_weights_first()
    {
        using var net = new SmallNet(Optimizer.Sgd(1).ForLayers("hidden0", 0.1).ForLayers("hidden0.bias", 2).LayerRules);
        Assert.Equal(["output.weight,output.bias", "hidden0.weight", "hidden0.bias"], net.Flat.Groups.Select(group => string.Join(',', group.Segments.Select(segment => segment.Name))));
        Assert.Equal([1, 0.1, 2], net.Flat.Groups.Select(group => group.RateScale));
        Assert.Equal([8, 12, 0], net.Flat.Groups.Select(group => group.Weights.numel()));
        Assert.Equal(net.Flat.Values.numel(), net.Flat.Groups.Sum(group => group.Values.numel()));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("radam")]
    [InlineData("lion")]
    [InlineData("local-global-sgd")]
    public void Each_layer_moves_by_its_own_rate(string kind)
    {
        var plain = Step(Kinds.Referenced[kind](0.1));
        var layered = Step(Kinds.Referenced[kind](0.1).ForLayers("hidden0", rateScale: 0.25).ForLayers("*.bias", rateScale: 4));
        Support.AssertClose(plain["hidden0.weight"].Select(moved => moved * 0.25).ToArray(), layered["hidden0.weight"], 1e-6);
        Support.AssertClose(plain["hidden0.bias"].Select(moved => moved * 4).ToArray(), layered["hidden0.bias"], 1e-6);
        Support.AssertClose(plain["output.weight"], layered["output.weight"], 1e-6);
        Support.AssertClose(plain["output.bias"].Select(moved => moved * 4).ToArray(), layered["output.bias"], 1e-6);
    }

    [Fact]
    public void Each_layer_decays_by_its_own_decay_and_biases_do_not()
    {
        using var net = new SmallNet();
        var start = net.Parameters;
        var moved = Step(Optimizer.AdamW(0.1, weightDecay: 0.5).ForLayers("hidden0", rateScale: 0.5, weightDecay: 0.2), gradient: 0);
        Support.AssertClose(start["hidden0.weight"].Select(value => -value * 0.1 * 0.5 * 0.2).ToArray(), moved["hidden0.weight"], 1e-6);
        Support.AssertClose(start["output.weight"].Select(value => -value * 0.1 * 0.5).ToArray(), moved["output.weight"], 1e-6);
        Assert.All(moved["hidden0.bias"].Concat(moved["output.bias"]), value => Assert.Equal(0, value));
        Assert.All(Step(Optimizer.AdamW(0.1, 0.5).ForLayers("output", weightDecay: 0), gradient: 0)["output.weight"], value => Assert.Equal(0, value));
        Assert.NotEqual(0, Step(Optimizer.Adam(0.1).ForLayers("output", weightDecay: 0.1), gradient: 0)["output.weight"][0]);
    }

    [Fact]
    public void A_rule_that_fits_nothing_names_the_parameters()
    {
        var error = Assert.Throws<ArgumentException>(() => Weights(Options with { Optimizer = Optimizer.Adam(0.1).ForLayers("conv*", 0.5) }));
        Assert.Equal(
            "Optimizer.ForLayers: pattern must fit at least one parameter; \"conv*\" fits none of hidden0.weight, hidden0.bias, hidden1.weight, hidden1.bias, output.weight, output.bias. Use one of these names or a pattern such as \"hidden*\".",
            error.Message);
        Assert.Contains("Optimizer.Freeze: pattern must fit", Assert.Throws<ArgumentException>(() => Weights(Options with { Optimizer = Optimizer.Adam(0.1).Freeze("conv*") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Freezing_everything_is_an_error() =>
        Assert.StartsWith("Optimizer.Freeze: at least one parameter must be trained from the first epoch on; all of hidden0.weight,", Assert.Throws<ArgumentException>(() => Weights(Options with { Optimizer = Optimizer.Adam(0.1).Freeze("*") })).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_clip_rate_start_and_penalty_for_each_layer_in_one_fit()
    {
        var norms = new Measurements();
        var options = Options with
        {
            Initializer = Initializer.Constant(0.25).Where("hidden0").Then(Initializer.HeNormal()),
            Gradients = GradientTransform.ClipByGlobalNorm(0.001).Where("hidden0").Then(GradientTransform.Measure(norms).Where("hidden0")),
            Regularizer = Regularizer.L2(0.5).Where("output"),
            Optimizer = Optimizer.Sgd(0.01).ForLayers("hidden0", rateScale: 0.5).Freeze("hidden1"),
            Epochs = 1,
        };
        var after = Weights(options);
        var steps = norms.Count;
        Assert.True(steps > 0);

        // The clip bounds the way of the first layer: steps × rate × scale × norm, which starts at its own constant.
        Assert.InRange(Norm(after["hidden0.weight"].Select(value => value - 0.25)), 1e-9, steps * 0.01 * 0.5 * 0.00101);
        Assert.Equal(Weights(options with { Optimizer = Optimizer.Sgd(1e-300) })["hidden1.weight"], after["hidden1.weight"]);
        Assert.True(Norm(after["output.weight"]) < Norm(Weights(options with { Regularizer = null })["output.weight"]));
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private static Dictionary<string, double[]> Weights(NeuralNetworkOptions options)
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        return model.Model.Module.named_parameters().ToDictionary(named => named.name, named => named.parameter.ToArray());
    }

    private static Dictionary<string, double[]> Step(Optimizer optimizer, double gradient = 0.3)
    {
        using var net = new SmallNet(optimizer.LayerRules);
        using var bound = optimizer.Bind(net.Flat);
        var before = net.Parameters;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        net.Flat.Gradients.fill_(gradient);
        bound.Step(0.1, new StepGradients(() => { }, () => true));
        return net.Parameters.ToDictionary(after => after.Key, after => after.Value.Zip(before[after.Key], (now, then) => now - then).ToArray());
    }
}
