using System.Globalization;
using MLNet.GradStability;
using Spectre.Console;

namespace Samples;

/// <summary>Shows a sweep as it runs: a live table of the best trials in a terminal, a line a trial elsewhere.</summary>
internal sealed class SweepDisplay<TOptions> : IProgress<SweepProgress<TOptions>>
    where TOptions : notnull
{
    private const int Rows = 10;
    private readonly LiveDisplayContext? _live;
    private int _written;

    private SweepDisplay(LiveDisplayContext? live) => _live = live;

    /// <summary>Runs a sweep and returns what it returns.</summary>
    public static T Run<T>(Func<IProgress<SweepProgress<TOptions>>, T> sweep) => AnsiConsole.Profile.Out.IsTerminal
        ? AnsiConsole.Live(new Table()).AutoClear(true).Start(live => sweep(new SweepDisplay<TOptions>(live)))
        : sweep(new SweepDisplay<TOptions>(null));

    public void Report(SweepProgress<TOptions> value)
    {
        if (_live is not null)
        {
            _live.UpdateTarget(Table(value));
        }
        else if (value.Ended.Count > _written)
        {
            _written = value.Ended.Count;
            Console.WriteLine(Text($"{value.Ended.Count}/{value.Trials} trials in {value.Elapsed.TotalSeconds:F0} s, best {value.MetricName} {value.Ended[0].Metric:F4}: {Values(value.Ended[0].Values)}"));
        }
    }

    private static Table Table(SweepProgress<TOptions> progress)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Text($"{progress.Ended.Count} of {progress.Trials} trials, {progress.Elapsed.TotalSeconds:F0} s"));
        table.AddColumns(new TableColumn("trial").RightAligned(), new TableColumn(progress.MetricName).RightAligned(), new TableColumn("epochs").RightAligned(), new TableColumn("values"), new TableColumn("state"));
        foreach (var trial in progress.Ended.Take(Rows))
        {
            table.AddRow(Text($"{trial.Number}"), Text($"{trial.Metric:F4}"), Text($"{trial.Epochs}"), Values(trial.Values).EscapeMarkup(), trial.State.ToString().ToLowerInvariant());
        }

        foreach (var trial in progress.Running)
        {
            table.AddRow(Text($"{trial.Number}"), trial.Last is null ? string.Empty : Text($"({trial.Last.ValidationMetric:F4})"), Text($"{trial.Last?.Epoch ?? 0}"), Values(trial.Values).EscapeMarkup(), "[yellow]running[/]");
        }

        return table;
    }

    private static string Values(IEnumerable<TrialValue> values) => string.Join(", ", values.Select(value => $"{value.Parameter.Name} {value.Text}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
