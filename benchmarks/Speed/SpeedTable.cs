using System.Globalization;
using Spectre.Console;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>The outcomes as a table.</summary>
internal static class SpeedTable
{
    private const int PlainWidth = 180;

    public static void Write(IReadOnlyList<SpeedOutcome> outcomes)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn("case").AddColumn("unit");
        foreach (var column in new[] { "ours", "peer", "ratio", "goal", "met" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var outcome in outcomes)
        {
            table.AddRow(Cells(outcome).Select(cell => cell.EscapeMarkup()).ToArray());
        }

        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Profile.Width = PlainWidth;
        }

        AnsiConsole.Write(table);
    }

    private static string[] Cells(SpeedOutcome outcome) =>
    [
        outcome.Case,
        outcome.Unit,
        Text(outcome.Ours),
        Text(outcome.Peer),
        double.IsNaN(outcome.Ratio) ? "–" : outcome.Ratio.ToString("0.000", CultureInfo.InvariantCulture),
        outcome.Goal is { } bound ? new Goal(bound, outcome.IsLeast == true).ToString() : "–",
        outcome.Met switch { true => "yes", false => "no", null => "–" },
    ];

    private static string Text(double number) => number switch
    {
        double.NaN => "–",
        >= 1000 => number.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
