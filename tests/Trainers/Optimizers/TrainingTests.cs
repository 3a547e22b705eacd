using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Optimisers, schedules and averages inside a whole fit.</summary>
public sealed class TrainingTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([16, 16]),
        Epochs = 20,
        BatchSize = 20,
        Seed = 1,
    };

    public static TheoryData<string> OptimizerKinds => OptimizerContractTests.OptimizerKinds;

    [Theory]
    [MemberData(nameof(OptimizerKinds))]
    [Trait("Row", "R9")]
    [Trait("Row", "R10")]
    public void Every_optimizer_learns_the_rings(string kind)
    {
        var training = Train(Options with { Optimizer = Kinds.Optimizers[kind] });
        Assert.Equal(StopKind.Completed, training.StopReason.Kind);
        Assert.True(training.Epochs[^1].Loss < 0.8 * training.Epochs[0].Loss, FormattableString.Invariant($"{training.Epochs[0].Loss} → {training.Epochs[^1].Loss}"));
    }

    [Fact]
    [Trait("Row", "R8")]
    public void The_rate_of_each_epoch_is_reported() =>
        Assert.Equal([0.1, 0.1, 0.05, 0.05], Train(Options with { Epochs = 4, Optimizer = Optimizer.Sgd(Schedule.Step(0.1, 2, 0.5).PerEpoch()) }).Epochs.Select(epoch => epoch.LearningRate));

    [Fact]
    [Trait("Row", "R8")]
    public void A_loss_that_stands_still_lowers_the_rate_on_plateau()
    {
        var rates = Train(Options with { Epochs = 8, Optimizer = Optimizer.Sgd(Schedule.OnPlateau(1e-9, 0.5, patience: 1, threshold: 0.01)) }).Epochs.Select(epoch => epoch.LearningRate).ToList();
        Assert.Equal([1e-9, 1e-9, 1e-9, 0.5e-9, 0.5e-9, 0.25e-9, 0.25e-9, 0.125e-9], rates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Row", "R11")]
    public void Micro_batches_update_like_one_batch(bool weighted)
    {
        // 100 rows: batches of 60 and 40 against 20+20+20 and 20+20, and 7-row micro-batches whose last is shorter.
        var options = Options with { LabelColumnName = "Radius", ExampleWeightColumnName = weighted ? "Weight" : null, Epochs = 2, Regularizer = Regularizer.L2(1e-3), Optimizer = Optimizer.Momentum(0.05) };
        Support.AssertClose(Weights(options with { BatchSize = 60 }), Weights(options with { BatchSize = 20, AccumulationSteps = 3 }), 1e-6);
        Support.AssertClose(Weights(options with { BatchSize = 70 }), Weights(options with { BatchSize = 7, AccumulationSteps = 10 }), 1e-6);
        Support.AssertClose(Weights(options with { BatchSize = 100 }), Weights(options with { BatchSize = 7, AccumulationSteps = 100 }), 1e-6);

        static double[] Weights(NeuralNetworkOptions options)
        {
            var ml = new MLContext(1);
            var rows = Samples.Rings(100).Select((point, i) =>
            {
                point.Weight = (i % 4) + 0.25f;
                return point;
            });
            using var model = ml.Regression.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(rows.ToList()));
            return [.. model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray())];
        }
    }

    [Fact]
    [Trait("Row", "R9")]
    public void Sam_transforms_the_second_gradient_alone_and_takes_accumulated_batches()
    {
        var norms = new Measurements();
        var training = Train(Options with { Epochs = 2, AccumulationSteps = 3, Gradients = GradientTransform.Measure(norms), Optimizer = Optimizer.Sam(Optimizer.Sgd(0.05), 0.5) });
        Assert.Equal(training.Steps, norms.Count);
        Assert.All(norms, measured => Assert.True(measured.Norm > 0));
        Assert.NotEqual(training.Epochs[0].MeanGradientNorm, norms.Take(norms.Count / 2).Average(measured => measured.Norm), 1e-3);
    }

    [Fact]
    public void Steps_that_are_not_finite_never_enter_an_average()
    {
        var options = Options with { Optimizer = Optimizer.Sgd(1e30), Gradients = null, Averaging = WeightAveraging.Ema(0.9) };
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        Assert.All(model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray()), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Batch_norm_statistics_are_those_of_the_training_rows()
    {
        using var random = new Generator(3);
        using var network = nn.Sequential(("norm", nn.BatchNorm1d(3)), ("output", nn.Linear(3, 1)));
        using var rows = randn([90, 3], generator: random) * 5 + 2;
        network.train();
        Tensor[] parts = [rows.narrow(0, 0, 40), rows.narrow(0, 40, 50)];
        using (no_grad())
        {
            BatchNormStatistics.Recompute(network, [.. parts.Select(part => new Batch(part.clone(), zeros(part.shape[0]), null))]);
            var statistics = network.named_buffers().ToDictionary(named => named.Item1, named => named.Item2);
            Support.AssertClose(rows.mean([0]).ToArray(), statistics["norm.running_mean"].ToArray(), 1e-5);
            Support.AssertClose(parts.Select(Variances).Aggregate(new double[3], (sum, next) => [.. sum.Zip(next, (a, b) => a + b)]), statistics["norm.running_var"].ToArray(), 1e-5);
            Assert.All(network.modules(), module => Assert.False(module.training));
        }
    }

    [Theory]
    [InlineData("ema")]
    [InlineData("swa")]
    [Trait("Row", "R7")]
    public void An_average_gets_batch_norm_statistics_of_its_own(string kind)
    {
        // One batch holds all rows, so that the statistics are those of the first layer's output.
        var ml = new MLContext(1);
        var options = Options with { Network = Network.Mlp([4], dropout: 0.3, normalization: Normalization.Batch()), InputScaling = null, BatchSize = 300, Averaging = Kinds.Averages[kind] };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        using var scope = NewDisposeScope();
        var features = tensor([.. Samples.Rings(300).SelectMany(point => point.Features)], [300, 2]);
        var parameters = model.Model.Module.named_parameters().ToDictionary(named => named.name, named => named.parameter);
        var buffers = model.Model.Module.named_buffers().ToDictionary(named => named.Item1, named => named.Item2);
        var hidden = features.mm(parameters["hidden0.weight"].t()) + parameters["hidden0.bias"];
        Support.AssertClose(hidden.mean([0]).ToArray(), buffers["norm0.running_mean"].ToArray(), 1e-5);
        Support.AssertClose(((hidden - hidden.mean([0])).square().mean([0]) * 300 / 299).ToArray(), buffers["norm0.running_var"].ToArray(), 1e-5);
    }

    [Fact]
    [Trait("Row", "R13")]
    public void A_frozen_batch_norm_keeps_its_statistics()
    {
        var ml = new MLContext(1);
        var options = Options with { Network = Network.Mlp([4, 4], normalization: Normalization.Batch()), Optimizer = Optimizer.Adam(0.01).Freeze("norm0"), Averaging = WeightAveraging.Ema(0.9) };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        var buffers = model.Model.Module.named_buffers().ToDictionary(named => named.Item1, named => named.Item2.ToArray());
        Assert.All(buffers["norm0.running_mean"], mean => Assert.Equal(0, mean));
        Assert.All(buffers["norm0.running_var"], variance => Assert.Equal(1, variance));
        Assert.All(buffers["norm1.running_mean"], mean => Assert.NotEqual(0, mean));
    }

    /// <summary>The unbiased variance of each column, times the rows' share.</summary>
    private static double[] Variances(Tensor part)
    {
        var values = part.ToArray();
        return [.. Enumerable.Range(0, 3).Select(column =>
        {
            var numbers = values.Where((_, i) => i % 3 == column).ToList();
            return numbers.Sum(number => Math.Pow(number - numbers.Average(), 2)) / (numbers.Count - 1) * numbers.Count / 90;
        })];
    }

    private static TrainingResult Train(NeuralNetworkOptions options)
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        return model.Model.Training!;
    }
}
