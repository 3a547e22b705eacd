using System.Globalization;
using Spectre.Console;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>The outcomes for people.</summary>
internal static class QualityTable
{
    public static void Write(IEnumerable<QualityOutcome> outcomes, int folds, int seeds)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Markdown).AddColumns("data", "measure", "ours", "bar", "met", "sklearn MLP", "logistic/ridge");
        foreach (var outcome in outcomes)
        {
            table.AddRow(
                outcome.Data,
                outcome.Measure,
                $"{Number(outcome.Ours)} ± {Number(outcome.Deviation)}",
                Number(outcome.Bar),
                outcome.Met ? "yes" : "no",
                Number(outcome.Peer),
                Number(outcome.PeerLinear));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"means over {folds} folds (tables) and {seeds} seeds on rows held out; ±: standard deviation of the seeds' means");
    }

    private static string Number(double? value) => value switch
    {
        null => "–",
        { } number when !double.IsFinite(number) => "NaN",
        >= 10 => value.Value.ToString("F2", CultureInfo.InvariantCulture),
        < 0.005 and > 0 => value.Value.ToString("0.0e0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F4", CultureInfo.InvariantCulture),
    };
}
