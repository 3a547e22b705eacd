namespace MLNet.GradStability;

/// <summary>The JSON part of a saved model: which task, which network, which options.</summary>
/// <param name="FormatVersion">Version of the whole entry; a reader refuses a higher one than its own.</param>
/// <param name="Task">multiclass, binary, multi-label, regression or multi-output.</param>
/// <param name="InputSize">Features a row: numbers and keys.</param>
/// <param name="Classes">Number of classes; 0 for other tasks.</param>
/// <param name="HasLabels">Whether the labels' original values, or the slot names of a vector label, are stored beside it.</param>
/// <param name="LabelMean">What regression adds back; 0 for other tasks.</param>
/// <param name="LabelDeviation">What regression multiplies by before; 1 for other tasks.</param>
/// <param name="HasScaling">Whether the numbers of the options' input scaling are stored beside it; without them rows are scored as they are.</param>
/// <param name="Options">The options of the training; the network's description is among them.</param>
internal sealed record ModelHeader(
    int FormatVersion,
    string Task,
    int InputSize,
    int Classes,
    bool HasLabels,
    double LabelMean,
    double LabelDeviation,
    bool HasScaling,
    NeuralNetworkOptions Options)
{
    /// <summary>The feature columns; null, as in format 1, for one vector of numbers.</summary>
    public IReadOnlyList<InputColumn>? Inputs { get; init; }

    /// <summary>Dimensions of a vector label; null for other labels.</summary>
    public IReadOnlyList<int>? LabelDimensions { get; init; }

    /// <summary>What multi-output regression adds back, output by output; null for other tasks.</summary>
    public IReadOnlyList<double>? LabelMeans { get; init; }

    /// <summary>What it multiplies by before.</summary>
    public IReadOnlyList<double>? LabelDeviations { get; init; }

    /// <summary>The label smoothing that is taken out of scores; 0 for none, as up to format 2.</summary>
    public double SmoothingTakenOut { get; init; }

    /// <summary>How many values or names are stored beside it.</summary>
    internal int LabelCount => LabelDimensions is null ? Classes : Label(null).Size;

    /// <summary>2 since feature columns are several and may hold keys; 3 since label smoothing is taken out of scores.</summary>
    public const int CurrentVersion = 3;
    private const int MostOutputs = 1 << 24;

    public static ModelHeader Of(TrainedNetwork model) => model.Task switch
    {
        MulticlassTask task => New(model, "multiclass") with { Classes = task.Classes, HasLabels = task.Names is not null },
        RegressionTask task => New(model, "regression") with { LabelMean = task.Center, LabelDeviation = task.Scale },
        MultiOutputTask task => New(model, "multi-output", task.Label) with { LabelMeans = task.Centers, LabelDeviations = task.Scales },
        MultiLabelTask task => New(model, "multi-label", task.Label),
        _ => New(model, "binary"),
    };

    public LearningTask CreateTask(KeyValues? labels) => Task switch
    {
        "multiclass" when Classes > 0 => new MulticlassTask(Classes, labels, Smoothing),
        "regression" when double.IsFinite(LabelMean) && double.IsFinite(LabelDeviation) => new RegressionTask(LabelMean, LabelDeviation, Options.RegressionLoss),
        "binary" => new BinaryTask(Smoothing),
        "multi-output" when AreFinite(LabelMeans) && AreFinite(LabelDeviations) => new MultiOutputTask(
            Label(labels), [.. LabelMeans!], [.. LabelDeviations!], [.. LabelMeans!.Select(_ => Options.RegressionLoss)]),
        "multi-label" => new MultiLabelTask(Label(labels), Smoothing),
        _ => throw new FormatException($"the description names no valid task: \"{Task}\" with {Classes} classes"),
    };

    /// <summary>How a row lies in memory.</summary>
    /// <param name="weightBytes">Bytes of the weights, of which each key needs two numbers at least.</param>
    /// <exception cref="FormatException">The columns are not those of the options, or not of the size of a row.</exception>
    public InputLayout CreateLayout(int weightBytes)
    {
        if (Inputs is null)
        {
            return InputLayout.OfNumbers(InputSize, Options.FeatureColumnName);
        }

        var names = InputLayout.NamesIn(Options).Select(named => named.Column);
        var keys = Inputs.Sum(column => column is { IsKey: true } ? (long)column.Size : 0);
        return keys * 2 * sizeof(float) <= weightBytes && Inputs.All(column => column is { IsValid: true }) && Inputs.Select(column => column.Name).SequenceEqual(names) && Inputs.Sum(column => (long)column.Size) == InputSize
            ? new(Inputs)
            : throw new FormatException("the feature columns do not fit the options or the size of a row");
    }

    private TargetSmoothing Smoothing => SmoothingTakenOut is >= 0 and < 1
        ? new(SmoothingTakenOut)
        : throw new FormatException(FormattableString.Invariant($"the label smoothing must be at least 0 and below 1; it is {SmoothingTakenOut}"));

    private VectorLabel Label(KeyValues? names) => LabelDimensions is { Count: > 0 } dimensions && dimensions.All(dimension => dimension > 0) && dimensions.Aggregate(1.0, (size, dimension) => size * dimension) <= MostOutputs
        ? new([.. dimensions], names)
        : throw new FormatException("the dimensions of the label are missing or out of range");

    private bool AreFinite(IReadOnlyList<double>? numbers) => numbers?.Count == LabelCount && numbers.All(double.IsFinite);

    private static ModelHeader New(TrainedNetwork model, string task, VectorLabel label) =>
        New(model, task) with { LabelDimensions = label.Dimensions, HasLabels = label.Names is not null };

    private static ModelHeader New(TrainedNetwork model, string task) =>
        new(CurrentVersion, task, model.InputSize, 0, false, 0, 1, model.Scaling is not null, model.Options) { Inputs = model.Inputs.Columns, SmoothingTakenOut = model.Task.SmoothingTakenOut };
}
