using System.Globalization;
using System.Text;

namespace MLNet.GradStability;

/// <summary>The table of <see cref="SweepResult{TOptions}.ToString"/>.</summary>
internal static class SweepTable
{
    private const int MostRows = 20;
    private const int LongestReason = 60;

    public static string Of<TOptions>(SweepResult<TOptions> result)
        where TOptions : notnull
    {
        var text = new StringBuilder();
        List<string[]> rows = [["rank", "trial", result.Sweep.Metric.Name, "epochs", "seconds", .. result.Parameters.Select(parameter => parameter.Name), string.Empty]];
        rows.AddRange(result.Trials.Take(MostRows).Select((trial, i) => Row(result, trial, i + 1)));
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            // Numbers to the right, words to the left.
            text.Append(string.Join("  ", row.Select((cell, i) => i < 5 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        if (result.Trials.Count > MostRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"… and {result.Trials.Count - MostRows} more\n");
        }

        if (result.Importance.Any(importance => importance.Share > 0))
        {
            text.Append("explains alone: ").AppendJoin(", ", result.Importance.Select(importance => string.Create(CultureInfo.InvariantCulture, $"{importance.Parameter.Name} {importance.Share:P0}"))).Append('\n');
        }

        return text.Append(result.Ending).ToString();
    }

    private static string[] Row<TOptions>(SweepResult<TOptions> result, SweepTrial<TOptions> trial, int rank)
        where TOptions : notnull =>
    [
        rank.ToString(CultureInfo.InvariantCulture),
        trial.Number.ToString(CultureInfo.InvariantCulture),
        double.IsNaN(trial.Metric) ? "–" : trial.Metric.ToString("F4", CultureInfo.InvariantCulture),
        trial.Epochs.ToString(CultureInfo.InvariantCulture),
        trial.Duration.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
        .. result.Parameters.Select(parameter => trial.Values.FirstOrDefault(value => value.Parameter == parameter)?.Text ?? "–"),
        trial.State == TrialState.Completed ? string.Empty : $"{trial.State.ToString().ToLowerInvariant()}: {Short(trial.Reason)}",
    ];

    private static string Short(string? reason)
    {
        var line = (reason ?? string.Empty).Split('\n')[0];
        return line.Length <= LongestReason ? line : line[..LongestReason] + "…";
    }
}
