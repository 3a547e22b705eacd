using MLNet.GradStability.Benchmarks.Hostile;
using MLNet.GradStability.Tests.Networks;
using MLNet.GradStability.Tests.Optimizers;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>What is compared between the processor and a GPU, by name; each is given the number of the GPU, null for the processor, and returns numbers.</summary>
internal static class GpuCases
{
    // Parameters that a normalisation behind them makes of no effect have gradients of rounding errors, which Adam's kin make steps of.
    internal static readonly Optimizer Plain = Optimizer.Momentum(0.05);
    private static readonly NeuralNetworkOptions Base = GpuFits.Base;

    public static IReadOnlyDictionary<string, Func<int?, double[]>> All { get; } = new Dictionary<string, Func<int?, double[]>>(
    [
        .. Of("network", NetworkContractTests.Table, (options, network) => options with { Network = Steady(network), Optimizer = Plain }),
        .. Of("own network", new Dictionary<string, Network> { ["with batch norm and dropout"] = OwnNets.Mixed() }, (options, network) => options with { Network = network, Optimizer = Plain }),
        .. Of("gradients", GradientContractTests.All, (options, gradients) => options with { Gradients = gradients }),
        .. Of("optimizer", Kinds.Optimizers, (options, optimizer) => options with { Optimizer = optimizer }),
        .. Of("averaging", Kinds.Averages, (options, averaging) => options with { Averaging = averaging, Network = Network.Mlp([6, 4], normalization: Normalization.Batch()) }),
        .. Of("regularizer", RegularizerContractTests.Penalties, (options, penalty) => options with { Regularizer = penalty is RegularizerWhere ? Regularizer.L2(0.01).Where("hidden1") : penalty }),
        .. Of("constraint", RegularizerContractTests.Constraints, (options, constraint) => options with { Constraint = constraint is ConstraintWhere ? Constraint.UnitNorm().Where("hidden1") : constraint }),
        .. Of("options", Several(), (_, options) => options),
        .. GpuTasks.All.Select(task => new KeyValuePair<string, Func<int?, double[]>>($"task: {task.Key}", task.Value)),
        .. HostileTasks.All.Select(task => new KeyValuePair<string, Func<int?, double[]>>($"hostile: {task.Name}", gpu => [OwnTraining.Train(Miniature.Of(task), Recipe.Defaults, 1, gpu).Metric])),
        .. GpuRunCases.All.Select(run => new KeyValuePair<string, Func<int?, double[]>>($"run: {run.Key}", run.Value)),
    ]);

    private static IEnumerable<KeyValuePair<string, Func<int?, double[]>>> Of<T>(string title, IReadOnlyDictionary<string, T> table, Func<NeuralNetworkOptions, T, NeuralNetworkOptions> with) =>
        table.Select(entry => new KeyValuePair<string, Func<int?, double[]>>($"{title}: {entry.Key}", gpu => GpuFits.Fit(gpu, with(Base, entry.Value))));

    // Groups of two units are all or nothing after their normalisation: rounding grows in them without end.
    private static Network Steady(Network network) => network == NetworkContractTests.Table["group"] ? Network.Mlp([12, 8], normalization: Normalization.Group(2)) : network;

    private static Dictionary<string, NeuralNetworkOptions> Several() => new()
    {
        ["defaults"] = new() { Epochs = 2, Seed = 3 },
        ["without guard and diagnosis"] = Base with { Stability = null, DiagnosisEvery = null },
        ["accumulated"] = Base with { AccumulationSteps = 3 },
        ["weighed rows, accumulated"] = Base with { ExampleWeightColumnName = "Weight", AccumulationSteps = 2 },
        ["noise"] = Base with { Augmentation = Augmentation.Noise(0.1) },
        ["mixup"] = Base with { Augmentation = Augmentation.Mixup(0.5), ExampleWeightColumnName = "Weight" },
        ["images"] = Base with { Network = Network.Cnn([1, 4, 4], [Layer.Conv(3, 3), Layer.Flatten()]), Augmentation = Augmentation.Images([1, 4, 4], 0.2, 10, noise: 0.1, cutOut: 0.3) },
        ["frozen and unfrozen"] = Base with { Optimizer = Optimizer.Adam(0.01).Freeze("hidden0", untilEpoch: 2).ForLayers("output", 0.5), Regularizer = Regularizer.L1(0.01).Where("hidden0*").And(Regularizer.L2(0.01)) },
        ["early stopping"] = Base with { EarlyStopping = new(patience: 1), Epochs = 6 },
        ["lsuv and weight repair"] = Base with { Initializer = Initializer.Lsuv() },
        ["exploding"] = Base with { Optimizer = Optimizer.Sgd(50), Gradients = null, Epochs = 6, Stability = new() { SnapshotEvery = 2 } },
        ["callback that breaks rows"] = Base with
        {
            Epochs = 6,
            Stability = new() { SnapshotEvery = 2 },
            Callbacks = [Callback.On(stepStarting: (run, rows) => rows.Features.mul_(run.Step is 7 or 12 or 13 or 14 or 15 ? 1e6 : 1))],
        },
    };
}
