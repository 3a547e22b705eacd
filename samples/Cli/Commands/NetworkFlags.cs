using System.CommandLine;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The options that say how the network is built and trained.</summary>
/// <param name="withRate">Whether the rate, its schedule and averages along it are asked for.</param>
internal sealed class NetworkFlags(bool withRate = true)
{
    private const int DefaultSeed = 1;

    private readonly Option<Chosen<NetworkDraft?>?> _network = Flags.Kind(Networks.Table, "The network, such as mlp:128,64. Default: mlp:256,128 with dropout 0.1.");
    private readonly Option<Chosen<Activation?>?> _activation = Flags.Kind(Activations.Table, "What follows each layer. Default: relu.");
    private readonly Option<double?> _dropout = Flags.Number("--dropout", "Share of units set to 0 in training. Default: as the network has it.");
    private readonly Option<Chosen<Normalization?>?> _normalization = Flags.Kind(Normalizations.Table, "What is normalised in front of each activation. Default: as the network has it.");
    private readonly Option<Chosen<Initializer?>?> _init = Flags.Kind(Initializers.Table, "How weights start. Default: isometric.");
    private readonly Option<Chosen<GradientTransform?>?> _clip = Flags.Kind(Clips.Table, "What happens to gradients. Default: 1.");
    private readonly Option<Chosen<OptimizerDraft?>?> _optimizer = Flags.Kind(Optimizers.Table, "The update rule. Default: adamw.");
    private readonly Option<double?> _rate = Flags.Number("--rate", "The learning rate, of a schedule its highest. Default: the usual one of the optimiser.");
    private readonly Option<Chosen<ScheduleDraft?>?> _schedule = Flags.Kind(Schedules.Table, "The rate over the steps. Default: warmup-cosine.");
    private readonly Option<Chosen<WeightAveraging?>?> _averaging = Flags.Kind(Averagings.Table, "The average of weights that becomes the network. Default: none.");
    private readonly Option<Chosen<RegressionLoss?>?> _loss = Flags.Kind(Losses.Table, "What regression minimises. Default: adaptive.");
    private readonly Option<Chosen<InputScaling?>?> _scaling = Flags.Kind(Scalings.Table, "How features are scaled. Default: robust.");
    private readonly Option<double?> _labelSmoothing = Flags.Number("--label-smoothing", "Share of classification targets spread over the classes. Default: 0.03 in shallow networks, less where a class is rare.");
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

    /// <summary>The number of threads, where it is given.</summary>
    /// <exception cref="CliException">It is below 1.</exception>
    public int? Threads(ParseResult command) => command.GetValue(_threads) is not (< 1 and var threads)
        ? command.GetValue(_threads)
        : throw CliException.Usage($"--threads must be 1 or greater; got {threads}. Leave it out for the usual number.");

    /// <summary>Sets the number of threads, where it is given.</summary>
    public void UseThreads(ParseResult command)
    {
        if (Threads(command) is { } threads)
        {
            TorchSharp.torch.set_num_threads(threads);
        }
    }

    /// <summary>What is chosen for a task.</summary>
    /// <exception cref="CliException">Something is set that the task has no use for, or a number is out of its range.</exception>
    public TrainingDraft Read(ParseResult command, TaskKind task)
    {
        if (task != TaskKind.Regression && command.GetValue(_loss) is not null)
        {
            throw CliException.Usage("--loss must be left out in classification, which minimises the cross-entropy. It is for --task regression.");
        }

        var draft = new TrainingDraft();
        var usual = draft.Rest;
        return OptionErrors.AsUsage(() => draft with
        {
            Network = command.GetValue(_network)?.Value ?? draft.Network,
            Activation = command.GetValue(_activation)?.Value,
            Dropout = command.GetValue(_dropout),
            Normalization = command.GetValue(_normalization)?.Value,
            Optimizer = command.GetValue(_optimizer)?.Value ?? draft.Optimizer,
            Rate = command.GetValue(_rate),
            Schedule = command.GetValue(_schedule)?.Value ?? draft.Schedule,
            L1 = command.GetValue(_l1),
            L2 = command.GetValue(_l2),
            Rest = usual with
            {
                Initializer = command.GetValue(_init)?.Value ?? usual.Initializer,
                Gradients = command.GetValue(_clip) is { } clip ? clip.Value : usual.Gradients,
                Averaging = command.GetValue(_averaging)?.Value,
                RegressionLoss = command.GetValue(_loss)?.Value ?? usual.RegressionLoss,
                InputScaling = command.GetValue(_scaling) is { } scaling ? scaling.Value : usual.InputScaling,
                LabelSmoothing = command.GetValue(_labelSmoothing) ?? usual.LabelSmoothing,
                Epochs = command.GetValue(_epochs),
                BatchSize = command.GetValue(_batch) ?? usual.BatchSize,
                Seed = Seed(command),
            },
        });
    }
}
