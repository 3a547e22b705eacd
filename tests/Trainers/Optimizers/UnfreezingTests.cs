using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Layers that are frozen until an epoch.</summary>
[Trait("Row", "R19")]
public sealed class UnfreezingTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([6, 5], normalization: Normalization.Batch()),
        Epochs = 4,
        BatchSize = 16,
        Seed = 1,
    };

    [Fact]
    public void They_stay_bit_for_bit_until_their_epoch_and_train_from_it_on()
    {
        var options = Options with
        {
            Optimizer = Optimizer.AdamW(0.01).Freeze("hidden1", untilEpoch: 3).Freeze("hidden0", untilEpoch: 4).Freeze("norm*", untilEpoch: 3),
            Regularizer = Regularizer.L2(0.1).Where("hidden0").And(Regularizer.L1(0.01)),
            Constraint = Constraint.MaxNorm(0.5).Where("hidden1").Then(Constraint.MaxNorm(2)),
            Gradients = GradientTransform.ClipByNorm(0.1).Where("hidden0").Then(GradientTransform.AdaGc()).Then(GradientTransform.Noise(1e-3)).Then(GradientTransform.ClipByGlobalNorm(1)),
        };

        var (epochs, log) = Train(options);

        foreach (var (name, from) in new[] { ("hidden0.weight", 4), ("hidden0.bias", 4), ("hidden1.weight", 3), ("norm0.weight", 3), ("norm0.running_mean", 3), ("norm1.running_var", 3), ("output.weight", 1) })
        {
            for (var epoch = 1; epoch <= 4; epoch++)
            {
                Assert.True(epochs[epoch - 1][name].SequenceEqual(epochs[epoch][name]) == epoch < from, $"{name} in epoch {epoch}");
            }
        }

        Assert.Contains("Epoch 3: hidden1, norm0, norm1 are unfrozen and trained from here on.", log);
        Assert.Contains("Epoch 4: hidden0 is unfrozen and trained from here on.", log);
        Assert.Equal(2, log.Count(line => line.Contains("unfrozen", StringComparison.Ordinal)));
    }

    [Fact]
    public void Frozen_from_the_first_epoch_on_is_as_if_the_rest_were_all_there_is()
    {
        // Two epochs, then a thaw that never comes to act: the same as frozen for ever.
        var until = Train(Options with { Optimizer = Optimizer.AdamW(0.01).Freeze("hidden0", untilEpoch: 4), EarlyStopping = null }).Epochs;
        var forEver = Train(Options with { Optimizer = Optimizer.AdamW(0.01).Freeze("hidden0") }).Epochs;

        for (var epoch = 1; epoch <= 3; epoch++)
        {
            Assert.All(forEver[epoch], weight => Support.AssertClose(weight.Value, until[epoch][weight.Key], 1e-6));
        }

        Assert.NotEqual(forEver[4]["hidden0.weight"], until[4]["hidden0.weight"]);
    }

    [Fact]
    public void Afterwards_the_rule_before_holds()
    {
        using var net = new SmallNet(Optimizer.Sgd(1).ForLayers("hidden0", 0.1).Freeze("*", untilEpoch: 3).ForLayers("output").LayerRules);
        Assert.Equal([0, 3], net.Flat.Groups.Select(group => group.UntilEpoch).Order());
        Assert.Equal(0.1, net.Flat.Groups.Single(group => group.UntilEpoch == 3).RateScale);
        Assert.Equal(["output.weight", "output.bias"], net.Flat.Trained.Segments.Select(segment => segment.Name));
        Assert.Equal("output.weight", net.Flat.First.Name);
        Assert.Equal((0, 0, 3, 3), (net.Flat.StageAt(1), net.Flat.StageAt(2), net.Flat.StageAt(3), net.Flat.StageAt(9)));

        net.Flat.SetStage(3);
        Assert.Same(net.Flat.All, net.Flat.Trained);

        using var opened = new SmallNet(Optimizer.Sgd(1).Freeze("*").ForLayers("output").Freeze("hidden0", untilEpoch: 2).LayerRules);
        Assert.Equal(2, opened.Flat.Groups.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sleeping_layers_get_no_gradient_step_decay_or_moments(bool sam)
    {
        var adam = Optimizer.AdamW(0.1, weightDecay: 0.5).Freeze("hidden0", untilEpoch: 2);
        var optimizer = sam ? Optimizer.Sam(adam) : adam;
        using var net = new SmallNet(optimizer.LayerRules);
        var before = net.Parameters;
        net.Train(optimizer);
        Assert.Equal(before["hidden0.weight"], net.Parameters["hidden0.weight"]);
        Assert.NotEqual(before["output.weight"], net.Parameters["output.weight"]);

        // Awake, its first step is Adam's first: as long as the rate in every direction that has a gradient.
        net.Flat.SetStage(2);
        using var bound = Optimizer.Adam(0.1).Freeze("hidden0", untilEpoch: 2).Bind(net.Flat);
        net.ComputeGradients(0);
        using var _ = no_grad();
        bound.Step(0.1, new StepGradients(() => { }, () => true));
        Assert.All(before["hidden0.weight"].Zip(net.Parameters["hidden0.weight"]), pair => Assert.Equal(0.1, Math.Abs(pair.First - pair.Second), 1e-3));
    }

    [Fact]
    public void A_roll_back_to_before_it_freezes_and_unfreezes_again()
    {
        // Epoch 3 begins with a step of NaN, and the only snapshot to go back to is that of the start.
        var options = Options with
        {
            Network = Network.Mlp([6, 5]),
            Optimizer = Optimizer.Adam(0.01).Freeze("hidden0", untilEpoch: 2),
            Stability = new() { SnapshotEvery = 1000, BadSteps = 1 },
            Callbacks = [Callback.On(stepStarting: (run, rows) => rows.Features.mul_(run.Step is 12 ? double.NaN : 1))],
        };

        var (epochs, log) = Train(options);

        Assert.Equal([2, 3], log.Where(line => line.EndsWith(": hidden0 is unfrozen and trained from here on.", StringComparison.Ordinal)).Select(line => line[6] - '0'));
        Assert.Equal(epochs[0]["hidden0.weight"], epochs[1]["hidden0.weight"]);
        Assert.NotEqual(epochs[0]["hidden0.weight"], epochs[4]["hidden0.weight"]);
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Assert.StartsWith("Optimizer.Freeze: untilEpoch must be 2 or greater; got 1. It is the first epoch that trains the layers", Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Adam(1).Freeze("a", 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Optimizer.Freeze: untilEpoch must be at most Epochs, or the layers are never trained; got 9 for \"hidden0\" and 4 epochs.", Assert.Throws<ArgumentException>(() => Train(Options with { Optimizer = Optimizer.Adam(1).Freeze("hidden0", 9) })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Optimizer.Freeze: at least one parameter must be trained from the first epoch on", Assert.Throws<ArgumentException>(() => Train(Options with { Optimizer = Optimizer.Adam(1).Freeze("*", 2) })).Message, StringComparison.Ordinal);
        Assert.Equal(Optimizer.Adam(1).Freeze("a", 3), Descriptions.FromJson<Optimizer>(Descriptions.ToJson(Optimizer.Adam(1).Freeze("a", 3))));
    }

    /// <summary>The network before the training and after each epoch, and the log.</summary>
    private static (List<Dictionary<string, double[]>> Epochs, List<string> Log) Train(NeuralNetworkOptions options)
    {
        var ml = new MLContext(1);
        var log = new List<string>();
        ml.Log += (_, e) => log.Add(e.RawMessage);
        var watching = new Watching();
        ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Callbacks = [.. options.Callbacks, watching] }).Fit(Samples.RingsView(ml, 90)).Dispose();
        return (watching.Epochs, log);
    }

    private sealed record Watching : Callback
    {
        public List<Dictionary<string, double[]>> Epochs { get; } = [];

        public override BoundCallback Bind(CallbackScope scope) => new Bound(scope.Network, Epochs);

        private sealed class Bound(nn.Module network, List<Dictionary<string, double[]>> epochs) : BoundCallback
        {
            public override void TrainingStarted(RunControl run, Evaluation? training, Evaluation? validation) => Add();

            public override void EpochEnded(RunControl run, EpochRecord epoch) => Add();

            private void Add() => epochs.Add(WeightFile.Tensors(network).ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray()));
        }
    }
}
