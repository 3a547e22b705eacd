using MLNet.GradStability;

namespace Samples.Mitigations;

/// <summary>
/// A deep plain network and how it is trained. As it stands every mitigation is off, and the first weights are too large: each layer raises the
/// variance of what passes through it by 64·0.25²/2 = 2.
/// </summary>
internal sealed record Setup
{
    public int Depth { get; init; } = 20;

    public int Width { get; init; } = 64;

    public int Epochs { get; init; } = 12;

    public double Rate { get; init; } = 0.05;

    public double Momentum { get; init; }

    public double Dropout { get; init; }

    public Activation Activation { get; init; } = Activation.Relu();

    public Normalization? Normalization { get; init; }

    public Initializer Initializer { get; init; } = Initializer.Normal(0.25);

    public GradientTransform? Clipping { get; init; }

    public Regularizer? Regularizer { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>The options of a trainer that reports the gradients before and after clipping.</summary>
    public NeuralNetworkOptions ToOptions(int seed, NormRecorder before, NormRecorder after)
    {
        var chain = GradientTransform.Measure(before);
        chain = Clipping is null ? chain : chain.Then(Clipping);
        return new()
        {
            Network = Network.Mlp([.. Enumerable.Repeat(Width, Depth)], Activation, Dropout, Normalization),
            Initializer = Initializer,
            Gradients = chain.Then(GradientTransform.Measure(after)),
            Regularizer = Regularizer,
            Optimizer = Optimizer.Sgd(Rate, Momentum),

            // The guard would hide what each mitigation does.
            Stability = null,
            Epochs = Epochs,
            BatchSize = 64,
            Seed = seed,
            CancellationToken = Cancellation,
        };
    }
}
