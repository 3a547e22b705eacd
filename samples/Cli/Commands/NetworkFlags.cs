using System.CommandLine;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The options that say how the network is built and trained.</summary>
/// <param name="withRate">Whether the rate, its schedule and averages along it are asked for.</param>
internal sealed class NetworkFlags(bool withRate = true)
{
    private const int DefaultSeed = 1;

    private readonly Option<NetworkDraft?> _network = Flags.Kind(Networks.Table, "The network, such as mlp:128,64. Default: mlp:256,128 with dropout 0.1.");
    private readonly Option<Activation?> _activation = Flags.Kind(Activations.Table, "What follows each layer. Default: relu.");
    private readonly Option<double?> _dropout = Flags.Number("--dropout", "Share of units set to 0 in training. Default: as the network has it.");
    private readonly Option<Normalization?> _normalization = Flags.Kind(Normalizations.Table, "What is normalised in front of each activation. Default: as the network has it.");
    private readonly Option<Initializer?> _init = Flags.Kind(Initializers.Table, "How weights start. Default: isometric.");
    private readonly Option<GradientTransform?> _clip = Flags.Kind(Clips.Table, "What happens to gradients. Default: 1.");
    private readonly Option<OptimizerDraft?> _optimizer = Flags.Kind(Optimizers.Table, "The update rule. Default: adamw.");
    private readonly Option<double?> _rate = Flags.Number("--rate", "The learning rate, of a schedule its highest. Default: the usual one of the optimiser.");
    private readonly Option<ScheduleDraft?> _schedule = Flags.Kind(Schedules.Table, "The rate over the steps. Default: warmup-cosine.");
    private readonly Option<WeightAveraging?> _averaging = Flags.Kind(Averagings.Table, "The average of weights that becomes the network. Default: none.");
    private readonly Option<RegressionLoss?> _loss = Flags.Kind(Losses.Table, "What regression minimises. Default: adaptive.");
    private readonly Option<InputScaling?> _scaling = Flags.Kind(Scalings.Table, "How features are scaled. Default: robust.");
    private readonly Option<double?> _labelSmoothing = Flags.Number("--label-smoothing", "Share of classification targets spread over the classes. Default: 0.");
    private readonly Option<int?> _epochs = Flags.Integer("--epochs", "Passes over the rows. Default: 20 to 60, by their number.");
    private readonly Option<int?> _batch = Flags.Integer("--batch", "Rows for one gradient. Default: 32.");
    private readonly Option<double?> _l1 = Flags.Number("--l1", "Penalty on the sum of absolute weights. Default: none.");
    private readonly Option<double?> _l2 = Flags.Number("--l2", "Penalty on the sum of squared weights. Default: none.");
    private readonly Option<int?> _seed = Flags.Integer("--seed", "Seed of all that is random: the same seed gives the same model. Default: 1.");
    private readonly Option<int?> _threads = Flags.Integer("--threads", "Processor threads. Default: one a core.");

    public void AddTo(Command command)
    {
        Option[] rate = withRate ? [_rate, _schedule, _averaging, _epochs] : [];
        foreach (Option option in (Option[])[
            _network, _activation, _dropout, _normalization, _init, _clip, _optimizer, .. rate, _loss, _scaling, _labelSmoothing, _batch, _l1, _l2, _seed, _threads])
        {
            command.Add(option);
        }
    }

    public int Seed(ParseResult command) => command.GetValue(_seed) ?? DefaultSeed;

    /// <summary>Sets the number of threads, where it is given.</summary>
    public void UseThreads(ParseResult command)
    {
        if (command.GetValue(_threads) is { } threads)
        {
            TorchSharp.torch.set_num_threads(threads >= 1 ? threads : throw CliException.Usage($"--threads must be 1 or greater; got {threads}. Leave it out to use all cores."));
        }
    }

    /// <summary>The options for a task, with the columns' names.</summary>
    /// <exception cref="CliException">They contradict one another, or a number is out of its range.</exception>
    public NeuralNetworkOptions Read(ParseResult command, TaskKind task)
    {
        if (task != TaskKind.Regression && command.IsGiven(_loss))
        {
            throw CliException.Usage("--loss must be left out in classification, which minimises the cross-entropy. It is for --task regression.");
        }

        var (dropout, optimizer) = (command.GetValue(_dropout), command.GetValue(_optimizer) ?? Optimizers.Table.Read("adamw")!);
        var defaults = new NeuralNetworkOptions();
        try
        {
            var parts = new NetworkParts(command.GetValue(_activation), dropout, command.GetValue(_normalization));
            return defaults with
            {
                Network = (command.GetValue(_network) ?? Networks.Default)(parts),
                Initializer = command.GetValue(_init) ?? defaults.Initializer,
                Gradients = command.IsGiven(_clip) ? command.GetValue(_clip) : defaults.Gradients,
                Regularizer = Penalty(command.GetValue(_l1), command.GetValue(_l2)),
                Optimizer = optimizer.Make((command.GetValue(_schedule) ?? Schedules.Default)(command.GetValue(_rate) ?? optimizer.UsualRate)),
                Averaging = command.GetValue(_averaging),
                RegressionLoss = command.GetValue(_loss) ?? defaults.RegressionLoss,
                InputScaling = command.IsGiven(_scaling) ? command.GetValue(_scaling) : defaults.InputScaling,
                LabelSmoothing = command.GetValue(_labelSmoothing) ?? defaults.LabelSmoothing,
                Epochs = command.GetValue(_epochs),
                BatchSize = command.GetValue(_batch) ?? defaults.BatchSize,
                Seed = Seed(command),
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw CliException.Usage(Messages.Of(e), e);
        }
    }

    private static Regularizer? Penalty(double? l1, double? l2) => (l1, l2) switch
    {
        (null, null) => null,
        ({ } lambda, null) => Regularizer.L1(lambda),
        (null, { } lambda) => Regularizer.L2(lambda),
        ({ } first, { } second) => Regularizer.ElasticNet(first, second),
    };
}
