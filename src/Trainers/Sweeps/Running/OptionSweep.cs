using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// Searches a space of options: chooses values, fits a pipeline with them, measures it, and learns from that what to try next. The sweep only describes; each
/// call of <see cref="Run"/> or <see cref="CrossValidate"/> is a run of its own.
/// </summary>
/// <typeparam name="TOptions">The options searched, such as <see cref="NeuralNetworkOptions"/>.</typeparam>
/// <remarks>
/// <para>A trial that throws, diverges, or has a metric that is not finite is kept with its reason and never is the best.</para>
/// <para>
/// Trials run on threads of their own, <see cref="Cores"/> / <see cref="ThreadsPerTrial"/> at once. Torch's number of threads is one for the whole process: a run sets it
/// to <see cref="ThreadsPerTrial"/> and puts it back at its end, which other trainings in the process feel. As that number does not depend on
/// <see cref="Cores"/>, the same trials give the same metrics however many run at once.
/// </para>
/// </remarks>
public sealed class OptionSweep<TOptions>
    where TOptions : notnull
{
    private const string Owner = "OptionSweep";

    /// <summary>Describes a sweep. Where the options are <see cref="NeuralNetworkOptions"/>, the pipeline gets them watched, see <see cref="TrialRun.Watch"/>.</summary>
    /// <param name="context">The context whose log hears of the run, and by which trials are measured.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="pipeline">Makes the pipeline of a trial, any ML.NET pipeline, with a trainer of these options.</param>
    /// <param name="metric">What trials are judged by.</param>
    public OptionSweep(MLContext context, OptionSpace<TOptions> space, Func<TOptions, IEstimator<ITransformer>> pipeline, SweepMetric metric)
        : this(context, space, Watched(pipeline), metric)
    {
    }

    /// <summary>Describes a sweep of options of any type.</summary>
    /// <param name="context">The context whose log hears of the run, and by which trials are measured.</param>
    /// <param name="space">What is searched.</param>
    /// <param name="pipeline">Makes the pipeline of a trial; <see cref="TrialRun.Watch"/> connects a trainer in it with the sweep.</param>
    /// <param name="metric">What trials are judged by.</param>
    public OptionSweep(MLContext context, OptionSpace<TOptions> space, Func<TOptions, TrialRun, IEstimator<ITransformer>> pipeline, SweepMetric metric)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(metric);
        Context = context;
        Space = Require.NotNull(space, Owner, nameof(space), "Start one with OptionSpace.Of(options).");
        Require.That(space.Parameters.Count > 0, space.Parameters.Count, Owner, nameof(space), "have a parameter at least", "Add one such as LogUniform(\"rate\", …).");
        Pipeline = pipeline;
        Metric = metric;
    }

    /// <summary>What is searched.</summary>
    public OptionSpace<TOptions> Space { get; }

    /// <summary>What trials are judged by.</summary>
    public SweepMetric Metric { get; }

    /// <summary>How values are chosen. Default <see cref="MLNet.GradStability.Tuner.Tpe"/>.</summary>
    public Tuner Tuner
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(Tuner), "Give one such as Tuner.Random().");
    } = Tuner.Tpe();

    /// <summary>Trials in all, those read from the journal included, 1 or more. Default 30.</summary>
    public int Trials
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(Trials), "Usual values are 20 to 200.");
    } = 30;

    /// <summary>Time for a run: when it is over, trials in progress are cancelled. Default null: none is set.</summary>
    public TimeSpan? TimeLimit
    {
        get;
        init => field = Require.That(value is not { } limit || limit > TimeSpan.Zero, value, Owner, nameof(TimeLimit), "be above zero", "Leave it out for no limit.");
    }

    /// <summary>
    /// Trials in a row, by number, that may fail to better the metric before no more are started, 1 or more. Those that run already are finished, so that with several at
    /// once there may be some more. Default null: all are run.
    /// </summary>
    public int? Patience
    {
        get;
        init => field = value is { } given ? Require.AtLeastOne(given, Owner, nameof(Patience), "Leave it out to run all trials.") : null;
    }

    /// <summary>Cores that the run may use, 1 or more. Default: all.</summary>
    public int Cores
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(Cores), "Leave it out for all cores.");
    } = Environment.ProcessorCount;

    /// <summary>Torch's threads for a trial, 1 or more; small networks are faster with one, and more trials at once. Default 1.</summary>
    public int ThreadsPerTrial
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(ThreadsPerTrial), "Leave it at 1 for networks with layers below some hundred units.");
    } = 1;

    /// <summary>The seed of the tuner, and of every trial whose options have none: trials differ by their options alone. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// A file that gets a line of JSON for each trial as it ends, on the disk before the next one starts. A run that finds such a file of the same sweep goes on where that
    /// was ended, even by a crash. Default null: none.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>Receives where the run stands when a trial starts or ends and after its epochs, at most some times a second; one call at a time, on the threads of trials. Default null.</summary>
    public IProgress<SweepProgress<TOptions>>? Progress { get; init; }

    /// <summary>Ends the run; the result has what was finished until then. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal MLContext Context { get; }

    internal Func<TOptions, TrialRun, IEstimator<ITransformer>> Pipeline { get; }

    /// <summary>Fits each trial to the same rows and measures it on others.</summary>
    /// <param name="train">The rows to train on.</param>
    /// <param name="validation">The rows to measure on; no trial trains on them, but the choice of the best one makes its metric flattering: measure that on rows of its own.</param>
    /// <exception cref="InvalidOperationException">The journal is of another sweep, or the tuner needs what the pipeline does not give.</exception>
    public SweepResult<TOptions> Run(IDataView train, IDataView validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        return SweepRun<TOptions>.Of(this, new SweepData([new(train, validation)]));
    }

    /// <summary>Fits each trial once for each fold, to the rows of the others, and takes the mean of its metrics.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="folds">Folds, 2 or more; default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds.</exception>
    /// <exception cref="ArgumentException">The tuner ends trials early, which cannot be judged over folds.</exception>
    /// <exception cref="InvalidOperationException">The journal is of another sweep.</exception>
    public SweepResult<TOptions> CrossValidate(IDataView data, int folds = 5)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.That(folds >= 2, folds, Owner, nameof(folds), "be 2 or greater", "Usual values are 3 to 10.");
        return Tuner is AshaTuner
            ? throw new ArgumentException($"{Owner}: Tuner.Asha judges a trial by one fit, and so cannot be used in cross-validation. Use Run with validation rows, or another tuner.")
            : SweepRun<TOptions>.Of(this, new SweepData([.. Context.Data.CrossValidationSplit(data, folds, seed: Seed).Select(split => new Split(split.TrainSet, split.TestSet))]));
    }

    private static Func<TOptions, TrialRun, IEstimator<ITransformer>> Watched(Func<TOptions, IEstimator<ITransformer>> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return (options, trial) => pipeline(options is NeuralNetworkOptions network ? (TOptions)(object)trial.Watch(network) : options);
    }
}
