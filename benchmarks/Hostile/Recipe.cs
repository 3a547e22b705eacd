namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>A way to train, in this library or in PyTorch.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="IsPeer">Whether PyTorch trains.</param>
internal sealed record Recipe(string Name, bool IsPeer = false)
{
    private const double PlainClip = 1;

    /// <summary>Clipping of the plain recipes; null for none.</summary>
    public double? Clip { get; private init; }

    public static Recipe Defaults { get; } = new("defaults");

    public static Recipe NoGuard { get; } = new("no-guard");

    public static Recipe Plain { get; } = new("plain");

    public static Recipe PlainClipped { get; } = new("plain-clip") { Clip = PlainClip };

    public static Recipe PeerPlain { get; } = new("peer-plain", IsPeer: true);

    public static Recipe PeerClipped { get; } = new("peer-clip", IsPeer: true) { Clip = PlainClip };

    /// <summary>Those of this library.</summary>
    public static IReadOnlyList<Recipe> Own { get; } = [Defaults, NoGuard, Plain, PlainClipped];

    public static IReadOnlyList<Recipe> Peers { get; } = [PeerPlain, PeerClipped];

    /// <summary>The options with which this library trains a task; label and feature columns are left to the caller.</summary>
    public NeuralNetworkOptions Options(HostileTask task, int seed)
    {
        var options = new NeuralNetworkOptions
        {
            Network = Network.Mlp(task.Hidden, task.Activation == "tanh" ? Activation.Tanh() : Activation.Relu()),
            BatchSize = task.BatchSize,
            Epochs = task.Epochs,
            Seed = seed,
        };
        if (this == NoGuard)
        {
            options = options with { Stability = null };
        }
        else if (this != Defaults)
        {
            options = MakePlain(options, task);
        }

        if (task.FixesOptimizer)
        {
            options = options with { Optimizer = ConstantRate(task) };
        }

        return task.InitialStd is { } std ? options with { Initializer = Initializer.Normal(std) } : options;
    }

    /// <summary>What most training loops do: torch's first weights, a constant rate, rows and labels as they come, no guard.</summary>
    private NeuralNetworkOptions MakePlain(NeuralNetworkOptions options, HostileTask task) => options with
    {
        // The weights of torch.nn.Linear: uniform with variance 1/(3·fan_in). Its biases are small; here they are 0.
        Initializer = Initializer.VarianceScaling(1.0 / 3, FanMode.In, WeightDistribution.Uniform),
        Optimizer = ConstantRate(task),
        Gradients = Clip is { } limit ? GradientTransform.ClipByGlobalNorm(limit) : null,
        InputScaling = null,
        LabelSmoothing = 0,
        RegressionLoss = RegressionLoss.Mse(),
        Stability = null,
    };

    private static Optimizer ConstantRate(HostileTask task) => task.Optimizer == "sgd" ? Optimizer.Sgd(task.Rate) : Optimizer.Adam(task.Rate);
}
