using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>Choices about a network and its training, each by itself, before they become options.</summary>
internal sealed record TrainingDraft
{
    public NetworkDraft Network { get; init; } = Networks.Default;

    public Activation? Activation { get; init; }

    public double? Dropout { get; init; }

    public Normalization? Normalization { get; init; }

    public OptimizerDraft Optimizer { get; init; } = Optimizers.Default;

    public double? Rate { get; init; }

    public ScheduleDraft Schedule { get; init; } = Schedules.Default;

    public double? L1 { get; init; }

    public double? L2 { get; init; }

    /// <summary>What is set in the options as it is.</summary>
    public NeuralNetworkOptions Rest { get; init; } = new();

    /// <exception cref="FormatException">A part is set that the network has no use for.</exception>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public NeuralNetworkOptions ToOptions() => Rest with
    {
        Network = Network(new NetworkParts(Activation, Dropout, Normalization)),
        Optimizer = Optimizer.Make(Schedule(Rate ?? Optimizer.UsualRate)),
        Regularizer = (L1, L2) switch
        {
            (null, null) => null,
            ({ } lambda, null) => Regularizer.L1(lambda),
            (null, { } lambda) => Regularizer.L2(lambda),
            ({ } first, { } second) => Regularizer.ElasticNet(first, second),
        },
    };
}
