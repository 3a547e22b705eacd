using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability;

/// <summary>
/// The options of a multilayer perceptron that are searched first, as a plain class in the way of ML.NET: <see cref="OptionSpace.FromAttributes{TOptions}"/> reads its
/// attributes, and so do AutoML's <c>SearchSpace&lt;T&gt;</c> and <c>CreateSweepableEstimator&lt;T&gt;</c>. <see cref="ToOptions"/> makes trainer options of it.
/// </summary>
public sealed class NeuralNetworkSweepOptions
{
    // The default of the trainer, see NeuralNetworkOptions.Optimizer.
    private const int WarmupSteps = 50;

    /// <summary>Units of each hidden layer, 16 to 512 by the logarithm; default 128.</summary>
    [Range(16, 512, 128, true)]
    public int Width { get; set; } = 128;

    /// <summary>Hidden layers, 1 to 4; default 2.</summary>
    [Range(1, 4, 2)]
    public int Layers { get; set; } = 2;

    /// <summary>What follows each hidden layer.</summary>
    [Choice(SweptActivation.Relu, SweptActivation.LeakyRelu, SweptActivation.Gelu, SweptActivation.Silu, SweptActivation.Tanh)]
    public SweptActivation Activation { get; set; }

    /// <summary>What normalises each hidden layer.</summary>
    [Choice(SweptNormalization.None, SweptNormalization.Batch, SweptNormalization.Layer)]
    public SweptNormalization Normalization { get; set; }

    /// <summary>Share of hidden units that is dropped, 0 to 0.5; default 0.1.</summary>
    [Range(0.0, 0.5, 0.1)]
    public double Dropout { get; set; } = 0.1;

    /// <summary>How weights start.</summary>
    [Choice(SweptInitializer.Isometric, SweptInitializer.He, SweptInitializer.Xavier, SweptInitializer.Orthogonal)]
    public SweptInitializer Initializer { get; set; }

    /// <summary>The clipping of gradients.</summary>
    [NestOption]
    public ClippingSweepOptions Clipping { get; set; } = new();

    /// <summary>The update rule.</summary>
    [Choice(SweptOptimizer.AdamW, SweptOptimizer.Lion, SweptOptimizer.Momentum)]
    public SweptOptimizer Optimizer { get; set; }

    /// <summary>The peak of the learning rate, to which it rises over 50 steps before it falls along a cosine; 1e-5 to 0.1 by the logarithm, default 1e-3.</summary>
    [Range(1e-5, 0.1, 1e-3, true)]
    public double LearningRate { get; set; } = 1e-3;

    /// <summary>The decay of weights, 1e-6 to 0.1 by the logarithm; default 0.01. Momentum has it as an L2 penalty of half as much, which is the same there.</summary>
    [Range(1e-6, 0.1, 0.01, true)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>Rows for one gradient; default 32.</summary>
    [Choice(new object[] { 16, 32, 64, 128 }, 32)]
    public int BatchSize { get; set; } = 32;

    /// <summary>Whether the fitted network is an average of the weights along the training; default not.</summary>
    [BooleanChoice(false)]
    public bool AverageWeights { get; set; }

    /// <summary>The options of a trainer.</summary>
    /// <param name="start">What is not searched, such as column names, epochs and validation rows; null for the defaults. Its network, too, is replaced.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value was set to what the option cannot be.</exception>
    public NeuralNetworkOptions ToOptions(NeuralNetworkOptions? start = null)
    {
        var rate = Schedule.WarmupCosine(LearningRate, WarmupSteps);
        return (start ?? new()) with
        {
            Network = Network.Mlp([.. Enumerable.Repeat(Width, Layers)], Activation.ToActivation(), Dropout, Normalization.ToNormalization()),
            Initializer = Initializer.ToInitializer(),
            Gradients = Clipping.ToGradients(),
            Optimizer = Optimizer switch
            {
                SweptOptimizer.Lion => MLNet.GradStability.Optimizer.Lion(rate, WeightDecay),
                SweptOptimizer.Momentum => MLNet.GradStability.Optimizer.Momentum(rate),
                _ => MLNet.GradStability.Optimizer.AdamW(rate, WeightDecay),
            },
            Regularizer = Optimizer == SweptOptimizer.Momentum ? Regularizer.L2(WeightDecay / 2) : start?.Regularizer,
            BatchSize = BatchSize,
            Averaging = AverageWeights ? WeightAveraging.Ema(0.99) : null,
        };
    }
}
