using System.Globalization;
using Spectre.Console;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>The outcomes for people: task by recipe, medians over the seeds, and totals.</summary>
internal static class HostileTable
{
    public static void Write(IReadOnlyList<Outcome> outcomes)
    {
        var recipes = outcomes.Select(outcome => outcome.Recipe).Distinct().ToList();
        var table = new Table().Border(TableBorder.Markdown).AddColumns(["task", "reference", .. recipes]);
        foreach (var task in outcomes.GroupBy(outcome => outcome.Task))
        {
            table.AddRow([
                task.Key,
                Number(task.Select(outcome => outcome.Reference).Median()),
                .. recipes.Select(recipe => Cell([.. task.Where(outcome => outcome.Recipe == recipe)])),
            ]);
        }

        table.AddRow(["solved, all seeds", string.Empty, .. recipes.Select(recipe => Share(outcomes.Where(outcome => outcome.Recipe == recipe).GroupBy(outcome => outcome.Task).Select(task => task.All(outcome => outcome.Solved))))]);
        table.AddRow(["solved, each seed", string.Empty, .. recipes.Select(recipe => Share(outcomes.Where(outcome => outcome.Recipe == recipe).Select(outcome => outcome.Solved)))]);
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 180);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("metric: median over the seeds; +: solved with every seed, n/m: with n of m; e: explosions seen, r: recoveries, sums over the seeds");
    }

    private static string Cell(IReadOnlyList<Outcome> outcomes)
    {
        var solved = outcomes.Count(outcome => outcome.Solved);
        var explosions = outcomes.Sum(outcome => outcome.Explosions);
        var recoveries = outcomes.Sum(outcome => outcome.Recoveries);
        var mark = solved == outcomes.Count ? "+" : string.Create(CultureInfo.InvariantCulture, $"{solved}/{outcomes.Count}");
        var events = explosions + recoveries == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {explosions}e {recoveries}r");
        return $"{Number(outcomes.Select(outcome => double.IsNaN(outcome.Metric) ? double.NegativeInfinity : outcome.Metric).Median())} {mark}{events}";
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "NaN";

    private static string Share(IEnumerable<bool> all)
    {
        var list = all.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{list.Count(one => one)}/{list.Count}");
    }
}
