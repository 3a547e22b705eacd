namespace MLNet.GradStability;

/// <summary>The JSON part of a saved model: which task, which network, which options.</summary>
/// <param name="FormatVersion">Version of the whole entry; a reader refuses a higher one than its own.</param>
/// <param name="Task">multiclass, binary or regression.</param>
/// <param name="InputSize">Features a row.</param>
/// <param name="Classes">Number of classes; 0 for other tasks.</param>
/// <param name="HasLabels">Whether the labels' original values are stored beside it.</param>
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
    public const int CurrentVersion = 1;

    public static ModelHeader Of(TrainedNetwork model) => model.Task switch
    {
        MulticlassTask task => New(model, "multiclass") with { Classes = task.Classes, HasLabels = task.Labels is not null },
        RegressionTask task => New(model, "regression") with { LabelMean = task.Center, LabelDeviation = task.Scale },
        _ => New(model, "binary"),
    };

    public LearningTask CreateTask(KeyValues? labels) => Task switch
    {
        "multiclass" when Classes > 0 => new MulticlassTask(Classes, labels),
        "regression" when double.IsFinite(LabelMean) && double.IsFinite(LabelDeviation) => new RegressionTask(LabelMean, LabelDeviation, Options.RegressionLoss),
        "binary" => new BinaryTask(),
        _ => throw new FormatException($"the description names no valid task: \"{Task}\" with {Classes} classes"),
    };

    private static ModelHeader New(TrainedNetwork model, string task) =>
        new(CurrentVersion, task, model.InputSize, 0, false, 0, 1, model.Scaling is not null, model.Options);
}
