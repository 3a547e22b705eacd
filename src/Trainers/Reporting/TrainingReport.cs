using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// A training as one HTML file that needs nothing else: the verdict with its remedy, key figures, curves of loss, metric, gradient norm and learning rate with
/// what the guard did, the layers over time, incidents, options, data and environment; and, given scored rows, what the network is worth on them.
/// </summary>
/// <remarks>Immutable: each <c>With…</c> returns a report that holds more. Names in the data are shown as text, whatever they hold.</remarks>
/// <example>
/// <code>
/// TrainingReport.Of(model).WithEvaluation(model.Transform(test), "held-out rows").SaveHtml("report.html");
/// </code>
/// </example>
public sealed class TrainingReport
{
    private readonly TrainingResult _result;
    private readonly TrainedNetwork? _network;
    private readonly IReadOnlyList<EvaluationSection> _evaluations;

    private TrainingReport(TrainingResult result, TrainedNetwork? network, string title, IReadOnlyList<EvaluationSection> evaluations)
    {
        _result = result;
        _network = network;
        _evaluations = evaluations;
        Title = title;
    }

    /// <summary>The title. Default "Training report".</summary>
    public string Title { get; }

    /// <summary>The report of a network that was trained in this process.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">The network was loaded from a file, which holds no account of its training.</exception>
    public static TrainingReport Of(TrainedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var result = network.Training ?? throw new ArgumentException(
            "TrainingReport.Of: the network must have been trained in this process; it was loaded from a file, which holds no account of its training. Write the report before, or beside, saving the model.", nameof(network));
        return new(result, network, "Training report", []);
    }

    /// <summary>The report of a fitted pipeline, or of the transformer that a trainer's <c>Fit</c> returned.</summary>
    /// <param name="model">What <c>Fit</c> returned; with one network in it.</param>
    /// <exception cref="ArgumentException">There is none, or there is more than one, or it was loaded from a file.</exception>
    public static TrainingReport Of(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var found = Networks(model).ToList();
        return found.Count == 1
            ? Of(found[0].Model)
            : throw new ArgumentException(
                FormattableString.Invariant($"TrainingReport.Of: the model must hold one neural network; it holds {found.Count}. Give TrainingReport.Of the network itself: transformer.Model."), nameof(model));
    }

    /// <summary>The report of what happened in a training alone, such as that of a <see cref="TrainingDivergedException"/>: without options and network.</summary>
    /// <param name="result">What happened.</param>
    public static TrainingReport Of(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(result, null, "Training report", []);
    }

    /// <summary>The same under another title.</summary>
    /// <param name="title">The title; not empty.</param>
    public TrainingReport WithTitle(string title) =>
        new(_result, _network, Require.Text(title, "TrainingReport.WithTitle", nameof(title), "Leave WithTitle out for the usual title."), _evaluations);

    /// <summary>
    /// The same with what the network is worth on some rows: confusion matrix, calibration curve with its expected error (Guo et al. 2017,
    /// arXiv:1706.04599) and ROC curve for classes, residuals for numbers. The rows are read once, now. Rows whose score or label is missing are counted
    /// and left out.
    /// </summary>
    /// <param name="scored">Rows that the model has scored: what <c>model.Transform(data)</c> returns.</param>
    /// <param name="name">What they are called in the report.</param>
    /// <param name="labelColumnName">The label; null for the one that the network was trained on.</param>
    /// <exception cref="ArgumentException">A column is missing, or label and score do not go together.</exception>
    public TrainingReport WithEvaluation(IDataView scored, string name = "test rows", string? labelColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(scored);
        Require.Text(name, "TrainingReport.WithEvaluation", nameof(name), "Leave it out for \"test rows\".");
        var evaluation = new ScoredRows(scored, name, labelColumnName ?? _network?.Options.LabelColumnName ?? "Label").Read();
        return new(_result, _network, Title, [.. _evaluations, evaluation]);
    }

    /// <summary>The page: HTML with its styles, drawings and script inside. It asks for nothing from anywhere.</summary>
    public string ToHtml() => Page().ToHtml();

    /// <summary>Writes <see cref="ToHtml"/> to a file, in folders that are made where they are missing. In a job of several processes the first one writes it.</summary>
    /// <param name="path">The file, overwritten if it is there.</param>
    public void SaveHtml(string path) => Page().Save(Require.Text(path, "TrainingReport.SaveHtml", nameof(path), "Give one such as \"report.html\"."));

    private static IEnumerable<NeuralNetworkTransformer> Networks(ITransformer model) => model switch
    {
        NeuralNetworkTransformer network => [network],
        IEnumerable<ITransformer> chain => chain.SelectMany(Networks),
        _ => [],
    };

    private ReportPage Page() => new(Title, Lead())
    {
        Header = new VerdictHeader(_result, _network?.ParameterCount).Write,
        Sections =
        [
            LearningCharts.Of(_result),
            StepCharts.Of(_result),
            LayerCharts.Of(_result),
            IncidentsTable.Of(_result),
            .. _evaluations,
            new FactsSection("Options", "What differs from the defaults comes first; defaults are dimmed.", _network is null ? [] : OptionFacts.Of(_network.Options)),
            RunSections.Data(_result),
            new TextSection("Network", "Layers, their outputs and their trained numbers.", _network is null ? string.Empty : _network.Summary()),
            RunSections.Environment(_result),
        ],
    };

    private string Lead()
    {
        var rows = $"{Figures.Count(_result.Rows)} rows";
        return _network is null
            ? $"A neural network trained on {rows}."
            : $"A network of {Figures.Count(_network.ParameterCount)} parameters, trained on {rows} of {Figures.Count(_network.InputSize)} features to predict {_network.Options.LabelColumnName}.";
    }
}
