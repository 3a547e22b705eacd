using System.Globalization;
using Spectre.Console;

namespace Samples.Cli;

/// <summary>Writes which classes are taken for which.</summary>
internal static class ConfusionTable
{
    private const int MostClasses = 12;
    private const int MostConfusions = 10;

    public static void Show(IReadOnlyList<string> classes, List<(int Actual, int Predicted)> pairs)
    {
        var counts = pairs.CountBy(pair => pair).ToDictionary(count => count.Key, count => count.Value);
        Terminal.Result(classes.Count <= MostClasses ? Whole(classes, counts) : Worst(classes, counts));
    }

    private static Table Whole(IReadOnlyList<string> classes, Dictionary<(int Actual, int Predicted), int> counts)
    {
        var table = Terminal.Table();
        table.AddColumn("actual \\ predicted");
        foreach (var name in classes)
        {
            table.AddColumn(new TableColumn(name.EscapeMarkup()).RightAligned());
        }

        for (var actual = 0; actual < classes.Count; actual++)
        {
            table.AddRow([classes[actual].EscapeMarkup(), .. Enumerable.Range(0, classes.Count).Select(predicted => Text(counts.GetValueOrDefault((actual, predicted))))]);
        }

        return table;
    }

    private static Table Worst(IReadOnlyList<string> classes, Dictionary<(int Actual, int Predicted), int> counts)
    {
        var table = Terminal.Table();
        table.AddColumns("actual", "most often taken for").AddColumn(new TableColumn("rows").RightAligned());
        foreach (var ((actual, predicted), count) in counts.Where(count => count.Key.Actual != count.Key.Predicted && count.Key.Predicted >= 0).OrderByDescending(count => count.Value).Take(MostConfusions))
        {
            table.AddRow(classes[actual].EscapeMarkup(), classes[predicted].EscapeMarkup(), Text(count));
        }

        return table;
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
