using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace MLNet.GradStability.Benchmarks.Tuners;

/// <summary>What tuners find within a budget: on functions of known minimum, and on a small training.</summary>
internal static class TunerComparison
{
    private static readonly (string Name, Tuner Tuner)[] Compared =
    [
        ("grid", Tuner.Grid(4)),
        ("random", Tuner.Random()),
        ("TPE", Tuner.Tpe()),
        ("ASHA", Tuner.Asha()),
        ("ASHA of TPE", Tuner.Asha(Tuner.Tpe())),
    ];

    public static Command Command()
    {
        var seeds = new Option<int>("--seeds") { Description = "Seeds for the functions.", DefaultValueFactory = _ => 101 };
        var trials = new Option<int>("--trials") { Description = "Trials to the end that the budget is worth.", DefaultValueFactory = _ => 50 };
        var trainingSeeds = new Option<int>("--training-seeds") { Description = "Seeds for the training; 0 leaves it out.", DefaultValueFactory = _ => 5 };
        var trainings = new Option<int>("--trainings") { Description = "Trials of the training.", DefaultValueFactory = _ => 16 };
        var command = new Command("tuners", "What each tuner of a sweep finds within a budget.") { seeds, trials, trainingSeeds, trainings };
        command.SetAction(parsed =>
        {
            AnsiConsole.Profile.Width = 200;
            Functions(parsed.GetValue(seeds), parsed.GetValue(trials));
            if (parsed.GetValue(trainingSeeds) is > 0 and var count)
            {
                Trainings(count, parsed.GetValue(trainings));
            }
        });
        return command;
    }

    private static void Functions(int seeds, int trials)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns(["function", "minimum", "independent draws", .. Compared.Select(compared => compared.Name)]);
        foreach (var function in KnownFunction.All)
        {
            var baseline = Enumerable.Range(0, seeds).Select(seed => SimulatedSweep.Independent(function, seed, trials)).Median();
            table.AddRow(
            [
                function.Name,
                Text(function.Minimum),
                Text(baseline),
                .. Compared.Select(compared =>
                {
                    var found = Enumerable.Range(0, seeds).Select(seed => SimulatedSweep.Best(compared.Tuner, function, seed, trials)).ToArray();
                    return $"{Text(found.Median())} ({found.Count(best => best < baseline)})";
                }),
            ]);
        }

        AnsiConsole.WriteLine($"Medians over {seeds} seeds of the least value found for {trials} trials of {SimulatedSweep.Epochs} epochs; in brackets how many seeds were below the median of independent draws.");
        AnsiConsole.Write(table);
    }

    private static void Trainings(int seeds, int trials)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("tuner", "validation accuracy", "least", "most", "held-out accuracy", "epochs trained", "seconds");
        foreach (var (name, tuner) in Compared)
        {
            var found = Enumerable.Range(1, seeds).Select(seed => TunedTraining.Run(tuner, seed, trials)).ToArray();
            table.AddRow(
                name,
                Text(found.Select(one => one.Validation).Median()),
                Text(found.Min(one => one.Validation)),
                Text(found.Max(one => one.Validation)),
                Text(found.Select(one => one.Test).Median()),
                Text(found.Select(one => (double)one.Epochs).Median()),
                Text(found.Select(one => one.Seconds).Median()));
        }

        AnsiConsole.WriteLine($"Digits, {trials} trials; medians over {seeds} seeds of the best validation accuracy, and of what that network is worth on held-out rows.");
        AnsiConsole.Write(table);
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
