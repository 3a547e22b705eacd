using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.GradStability;

/// <summary>
/// The base of the neural-network trainers: an ML.NET estimator whose <see cref="Fit(IDataView)"/> reads the rows, trains the network of the options and returns
/// a transformer that scores. Fitting keeps nothing in the estimator, so that one may be fitted many times, as cross-validation does.
/// </summary>
public abstract class NeuralNetworkTrainer : ITrainerEstimator<NeuralNetworkTransformer, TrainedNetwork>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly int _contextSeed;

    private protected NeuralNetworkTrainer(IHostEnvironment environment, NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _environment = environment;
        _host = environment.Register(GetType().Name);
        _contextSeed = _host.Rand.Next();
        Info = MLNetInternals.CreateTrainerInfo(needsNormalization: options.InputScaling is null);
        LibraryComponents.Register(environment);
    }

    /// <summary>The options of this trainer.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <inheritdoc/>
    public TrainerInfo Info { get; }

    private protected abstract LabelRule Label { get; }

    /// <summary>Trains the network on all rows.</summary>
    /// <param name="input">The rows; feature, label and weight columns as the options name them.</param>
    /// <returns>A transformer that scores, even when the training diverged: then with the last finite weights (see <see cref="TrainingResult.StopReason"/>).</returns>
    /// <exception cref="ArgumentException">Options contradict one another (all such cases are named together), a column is missing or of the wrong type, or a name pattern fits no parameter.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a number is not finite, the labels hold a single class, or <c>MLContext.GpuDeviceId</c> names a GPU that is not there.</exception>
    public NeuralNetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(input, Options);
    }

    /// <summary>Trains the network on all rows of one data set and validates it with another; see <see cref="NeuralNetworkOptions.ValidationData"/>.</summary>
    /// <param name="trainData">The rows to train on; feature, label and weight columns as the options name them.</param>
    /// <param name="validationData">The rows to validate with; the same columns, of the same sizes and key values.</param>
    /// <returns>A transformer that scores, as <see cref="Fit(IDataView)"/> returns it.</returns>
    /// <exception cref="ArgumentException">As <see cref="Fit(IDataView)"/>, or the options ask for validation rows too.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Fit(IDataView)"/>, for the rows of either.</exception>
    public NeuralNetworkTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);
        if (Options.ValidationData is not null)
        {
            throw new ArgumentException("NeuralNetworkOptions: ValidationData must be left out when Fit is given validation data. Give it in one place.", nameof(validationData));
        }

        return Fit(trainData, Options with { ValidationData = validationData });
    }

    /// <summary>
    /// The range test for learning rates (Smith 2017, arXiv:1506.01186): trains a fresh network with these options while the rate rises step by step
    /// from <paramref name="from"/> to <paramref name="to"/>, each time by the same factor, and records the loss. It ends early when the smoothed
    /// loss has grown to four times its lowest value, or is not a number. The options' own schedule and weight averaging take no part.
    /// </summary>
    /// <param name="input">The training rows; as many epochs are begun as the steps need.</param>
    /// <param name="from">The first rate; finite and greater than 0; default 1e-7.</param>
    /// <param name="to">The last rate; finite and greater than <paramref name="from"/>; default 10.</param>
    /// <param name="steps">Steps, 10 or more; default 100.</param>
    /// <returns>The curve, with a suggestion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LearningRateCurve FindLearningRate(IDataView input, double from = 1e-7, double to = 10, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(input);
        var search = new LearningRateSearch(from, to, steps);
        using var network = Train(input, Options with { Checkpoints = null }, "Learning rate search", (adopted, source) => search.Options(adopted, source.BatchesPerEpoch), search.Add);
        return search.Curve();
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var shape = inputSchema.ToDictionary(column => column.Name);
        foreach (var (option, name) in InputLayout.NamesIn(Options))
        {
            InputColumn.Check(Find(shape, name, option));
        }

        var label = Find(shape, Options.LabelColumnName, nameof(Options.LabelColumnName));
        Label.Check(label);
        if (Options.ExampleWeightColumnName is { } weightName)
        {
            var weight = Find(shape, weightName, nameof(Options.ExampleWeightColumnName));
            if (weight.ItemType != NumberDataViewType.Single || weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey)
            {
                throw ColumnErrors.WrongType("example weight", weightName, "Single", weight.ItemType, "Append Conversion.ConvertType.");
            }
        }

        foreach (var column in OutputColumns(label))
        {
            shape[column.Name] = column;
        }

        return new SchemaShape(shape.Values);
    }

    private protected abstract LearningTask CreateTask(DataViewSchema.Column label, LabelStatistics statistics);

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label);

    private NeuralNetworkTransformer Fit(IDataView input, NeuralNetworkOptions options) =>
        new(Train(input, options, "Training", (adopted, _) => adopted, watch: null));

    private static SchemaShape.Column Find(Dictionary<string, SchemaShape.Column> shape, string name, string option) =>
        shape.TryGetValue(name, out var column) ? column : throw ColumnErrors.Missing(name, option, shape.Keys);

    private TrainedNetwork Train(
        IDataView input, NeuralNetworkOptions options, string name, Func<NeuralNetworkOptions, BatchSource, NeuralNetworkOptions> choose, Func<double, double, bool>? watch)
    {
        using var channel = _host.Start(name);
        var ranks = options.Distribution?.Connect() ?? SingleProcess.Instance;
        var log = RunLog.Of(channel, ranks);
        ranks.Enter();
        using var starting = ranks.Together(() => Check(options, log));
        options = RunAgreement.OnOptions(ranks, starting?.Adopt(options) ?? options, GetType().Name);
        var device = ranks.Together(() => ComputeDevice.Of(_environment, log.Warning));
        var seed = new RunSeed(options.Seed ?? ranks.Broadcast(_contextSeed));
        using var start = RunStart.Read(input, options, Label, seed, GetType().Name, log, starting, ranks);
        var task = ranks.Together(() => CreateTask(start.Rows.Columns.Label, start.Rows.Training.Labels));
        log.Info(start.Rows.Describe(options.BatchSize, device));
        if (task.Remark is { } remark)
        {
            log.Info(remark);
        }

        return NetworkTraining.Run(start, task, choose(options, start.Rows.Training), device, log, watch);
    }

    private BoundStartingWeights? Check(NeuralNetworkOptions options, RunLog log)
    {
        OptionRules.Check(options, Label);
        foreach (var advice in OptionRules.Advice(options))
        {
            log.Info(advice);
        }

        return options.StartFrom?.Bind();
    }
}
