using System.Globalization;
using MLNet.GradStability;
using Spectre.Console;

namespace Samples;

/// <summary>Shows a sweep as it runs, and what it found: a live table of the best trials in a terminal, a line a trial elsewhere.</summary>
internal sealed class SweepDisplay<TOptions> : IProgress<SweepProgress<TOptions>>
    where TOptions : notnull
{
    private const int LiveRows = 10;
    private const int EndRows = 20;
    private readonly HashSet<int> _written = [];
    private readonly TextWriter _lines;
    private readonly LiveDisplayContext? _live;

    private SweepDisplay(TextWriter lines, LiveDisplayContext? live)
    {
        _lines = lines;
        _live = live;
    }

    /// <summary>Runs a sweep and returns what it returns.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="console">Where to show it; null for stdout.</param>
    public static T Run<T>(Func<IProgress<SweepProgress<TOptions>>, T> sweep, IAnsiConsole? console = null)
    {
        console ??= AnsiConsole.Console;
        var output = console.Profile.Out;
        return output.IsTerminal
            ? console.Live(new Text("starting")).AutoClear(true).Start(live => sweep(new SweepDisplay<TOptions>(output.Writer, live)))
            : sweep(new SweepDisplay<TOptions>(output.Writer, null));
    }

    /// <summary>Writes the ranked trials to stdout.</summary>
    public static void Show(SweepResult<TOptions> result)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            Console.WriteLine(result);
            return;
        }

        AnsiConsole.Write(Table(result.Sweep.Metric.Name, result.Parameters, [.. result.Trials.Take(EndRows)], []));
        if (result.Importance.Any(importance => importance.Share > 0))
        {
            AnsiConsole.WriteLine($"explains alone: {string.Join(", ", result.Importance.Select(importance => Text($"{importance.Parameter.Name} {importance.Share:P0}")))}");
        }

        AnsiConsole.WriteLine(result.Ending);
    }

    public void Report(SweepProgress<TOptions> value)
    {
        if (_live is not null)
        {
            var parameters = value.Ended.Select(trial => trial.Values).Concat(value.Running.Select(trial => trial.Values)).SelectMany(values => values).Select(one => one.Parameter).Distinct().ToList();
            _live.UpdateTarget(Table(value.MetricName, parameters, [.. value.Ended.Take(LiveRows)], value.Running)
                .Title(Text($"{value.Ended.Count} of {value.Trials} trials, {value.Elapsed.TotalSeconds:F0} s")));
            return;
        }

        foreach (var trial in value.Ended.Where(trial => _written.Add(trial.Number)).OrderBy(trial => trial.Number).ToList())
        {
            var how = trial.State == TrialState.Completed ? string.Empty : $" {Name(trial.State)}";
            _lines.WriteLine(Text(
                $"trial {trial.Number}/{value.Trials}{how}: {value.MetricName} {Metric(trial.Metric)} (best {Best(value.Ended)}) in {trial.Duration.TotalSeconds:F1} s: {string.Join(", ", trial.Values.Select(one => $"{one.Parameter.Name} {one.Text}"))}"));
        }
    }

    private static Table Table(string metric, IReadOnlyList<SweepParameter> parameters, IReadOnlyList<SweepTrial<TOptions>> ended, IReadOnlyList<RunningTrial> running)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(new TableColumn("trial").RightAligned(), new TableColumn(metric.EscapeMarkup()).RightAligned(), new TableColumn("epochs").RightAligned());
        table.AddColumns([.. parameters.Select(parameter => parameter.Name.EscapeMarkup()), "state"]);
        for (var rank = 0; rank < ended.Count; rank++)
        {
            var trial = ended[rank];
            var (open, close) = (rank, trial.State) switch
            {
                (0, TrialState.Completed) => ("[green]", "[/]"),
                (_, TrialState.Completed) => (string.Empty, string.Empty),
                _ => ("[grey]", "[/]"),
            };
            var cells = Row(trial.Number, Metric(trial.Metric), trial.Epochs, parameters, trial.Values, rank == 0 && trial.State == TrialState.Completed ? "best" : Name(trial.State));
            table.AddRow([.. cells.Select(cell => $"{open}{cell.EscapeMarkup()}{close}")]);
        }

        foreach (var trial in running)
        {
            var cells = Row(trial.Number, trial.Last is { } last ? Metric(last.ValidationMetric) : "–", trial.Last?.Epoch ?? 0, parameters, trial.Values, "running");
            table.AddRow([.. cells.Select(cell => $"[yellow]{cell.EscapeMarkup()}[/]")]);
        }

        return table;
    }

    private static IEnumerable<string> Row(int number, string metric, int epochs, IReadOnlyList<SweepParameter> parameters, IReadOnlyList<TrialValue> values, string state) =>
    [
        Text($"{number}"), metric, Text($"{epochs}"), .. parameters.Select(parameter => values.FirstOrDefault(value => value.Parameter == parameter)?.Text ?? "–"), state,
    ];

    private static string Best(IReadOnlyList<SweepTrial<TOptions>> ended) => ended[0].State == TrialState.Completed ? Metric(ended[0].Metric) : "–";

    private static string Metric(double metric) => double.IsFinite(metric) ? Text($"{metric:F4}") : "–";

    private static string Name(TrialState state) => $"{state}".ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
