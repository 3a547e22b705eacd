using System.Globalization;
using System.Text;

namespace MLNet.GradStability;

/// <summary>Writes the trials of a sweep as CSV (RFC 4180), in invariant culture.</summary>
internal static class SweepCsv
{
    public static string Of<TOptions>(SweepResult<TOptions> result)
        where TOptions : notnull
    {
        var text = new StringBuilder();
        Line(text, ["rank", "trial", "state", result.Sweep.Metric.Name, "epochs", "seconds", .. result.Parameters.Select(parameter => parameter.Name), "reason"]);
        for (var i = 0; i < result.Trials.Count; i++)
        {
            var trial = result.Trials[i];
            Line(text,
            [
                i + 1,
                trial.Number,
                trial.State.ToString().ToLowerInvariant(),
                trial.Metric,
                trial.Epochs,
                trial.Duration.TotalSeconds,
                .. result.Parameters.Select(parameter => trial.Values.FirstOrDefault(value => value.Parameter == parameter) is not { } value
                    ? null
                    : parameter.Scale == SweepScale.Choice ? (object)value.Text : value.Value),
                trial.Reason,
            ]);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, object?[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(object? cell)
    {
        var text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? string.Empty;
        return text.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
