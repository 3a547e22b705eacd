namespace MLNet.GradStability;

/// <summary>
/// A sweep as one HTML file that needs nothing else: the best trial, all trials by their options (parallel coordinates), the best so far, what each parameter
/// explains, learning curves, the ranked trials, and those that did not complete with their reasons.
/// </summary>
/// <example>
/// <code>
/// SweepReport.Of(result).WithTitle("Digits").SaveHtml("sweep.html");
/// </code>
/// </example>
public sealed class SweepReport
{
    private readonly SweepFacts _sweep;

    private SweepReport(SweepFacts sweep, string title)
    {
        _sweep = sweep;
        Title = title;
    }

    /// <summary>The title. Default "Sweep report".</summary>
    public string Title { get; }

    /// <summary>The report of what a sweep found.</summary>
    /// <typeparam name="TOptions">The options searched.</typeparam>
    /// <param name="result">What it found.</param>
    public static SweepReport Of<TOptions>(SweepResult<TOptions> result)
        where TOptions : notnull
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(SweepFacts.Of(result), "Sweep report");
    }

    /// <summary>The same under another title.</summary>
    /// <param name="title">The title; not empty.</param>
    public SweepReport WithTitle(string title) => new(_sweep, Require.Text(title, "SweepReport.WithTitle", nameof(title), "Leave WithTitle out for the usual title."));

    /// <summary>The page: HTML with its styles, drawings and script inside. It asks for nothing from anywhere.</summary>
    public string ToHtml() => Page().ToHtml();

    /// <summary>Writes <see cref="ToHtml"/> to a file, in folders that are made where they are missing.</summary>
    /// <param name="path">The file, overwritten if it is there.</param>
    public void SaveHtml(string path) => Page().Save(Require.Text(path, "SweepReport.SaveHtml", nameof(path), "Give one such as \"sweep.html\"."));

    private ReportPage Page() => new(Title, $"{Figures.Count(_sweep.Trials.Count)} trials of {Figures.Count(_sweep.Parameters.Count)} parameters, judged by {_sweep.Metric.Name}.")
    {
        Header = new SweepHeader(_sweep).Write,
        Sections = [SweepCharts.Of(_sweep), SweepTables.Ranked(_sweep), SweepTables.NotCompleted(_sweep), SweepTables.Space(_sweep)],
    };
}
