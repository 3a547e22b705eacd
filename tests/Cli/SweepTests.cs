using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MLNet.GradStability.Cli.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_best_options_train_the_model_and_a_journal_is_gone_on_with()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        var command = $"sweep \"{data}\" --label species --network mlp:8 --epochs 3 --search rate=1e-3/3e-2 clip=1/none --tuner grid --trials 4 --journal trials.jsonl --csv trials.csv --out best.zip";

        var first = Gradstab.Type(_folder.FullName, command).Exits(0);

        first.Says("trial 1/4: ", "trial 4/4: ");
        var best = first.Output.Split('\n').Single(line => line.StartsWith("best: ", StringComparison.Ordinal));
        Assert.Matches(@"^best: --rate (0\.001|0\.03) --clip (1|none)$", best);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder.FullName, "trials.csv")).Length);
        Assert.Contains("held-out rows: ", first.Output, StringComparison.Ordinal);
        var options = JsonNode.Parse(Gradstab.Run(_folder.FullName, "inspect", "best.zip", "--json").Exits(0).Output)!["options"]!;
        Assert.Equal(best.Split(' ')[2], options["optimizer"]!["rate"]!["peak"]!.ToString());
        Assert.Equal(best.EndsWith("none", StringComparison.Ordinal), options["gradients"] is null);

        var again = Gradstab.Type(_folder.FullName, command.Replace(" --out best.zip", string.Empty, StringComparison.Ordinal)).Exits(0);
        Assert.Equal(best, again.Output.Split('\n').Single(line => line.StartsWith("best: ", StringComparison.Ordinal)));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder.FullName, "trials.jsonl")).Length);
    }

    [Fact]
    public void What_was_found_is_written_where_it_is_asked_for()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        var command = $"sweep \"{data}\" --label species --network mlp:8 --epochs 3 --search rate=1e-4..1e-1 clip=1/none --trials 3 --csv trials.csv --report sweep.html --out best.zip --training-report training.html --quiet";

        var outcome = Gradstab.Type(_folder.FullName, command).Exits(0);

        Assert.Empty(outcome.Errors);
        Assert.All(["trials: trials.csv", "report: sweep.html", "model: best.zip", "training report: training.html"], line => Assert.Contains($"{line}\n", outcome.Output, StringComparison.Ordinal));
        var sweep = File.ReadAllText(Path.Combine(_folder.FullName, "sweep.html"));
        Assert.Contains("3 trials of 2 parameters, judged by accuracy.", sweep, StringComparison.Ordinal);
        Assert.Contains("Options for species", sweep, StringComparison.Ordinal);
        Assert.Contains("Evaluation: held-out rows", File.ReadAllText(Path.Combine(_folder.FullName, "training.html")), StringComparison.Ordinal);

        // The first trial has the options that were given: the usual rate of AdamW, and the first clip.
        var first = File.ReadAllLines(Path.Combine(_folder.FullName, "trials.csv")).Single(line => line.Split(',')[1] == "1");
        Assert.EndsWith(",0.001,1,", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_has_a_live_table()
    {
        const string Script = "/usr/bin/script";
        if (!OperatingSystem.IsLinux() || !File.Exists(Script))
        {
            return;
        }

        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        var start = new ProcessStartInfo(Script, ["-qec", $"{Gradstab.CommandLine} sweep '{data}' --label species --network mlp:8 --epochs 30 --search rate=1e-3/1e-2 --tuner grid --trials 2", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["COLUMNS"] = "120";
        using var process = Process.Start(start)!;

        var outcome = Outcome.Of(process).Exits(0);

        Assert.Contains("running", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 trials", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("trial 1/2", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("All 2 trials were run.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_time_is_told()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        var outcome = Gradstab.Type(_folder.FullName, $"sweep \"{data}\" --label species --epochs 1000000 --minutes 0.02 --quiet").Exits(1);
        outcome.Says("the time was over before. Give more by --minutes.");
    }

    [Theory]
    [InlineData("--training-report training.html", "--training-report must stand beside --out")]
    [InlineData("--report no/where.html", "--report must name a file in a folder that exists; got \"no/where.html\"")]
    [InlineData("--search rat=0.1", "there is no \"rat\" to search; did you mean \"rate\"? There are: rate, dropout,")]
    [InlineData("--search rate", "--search rate must have values; got \"rate\". It is written rate=a..b or a/b/c.")]
    [InlineData("--search rate=low..high", "rate must be searched among numbers, as in rate=0.1..0.5 or rate=0.1/0.2; got \"low\"")]
    [InlineData("--search clip=1/zclib", "did you mean \"zclip\"?")]
    [InlineData("--search rate=1e-3..1e-4", "1E-04|0.0001")]
    [InlineData("--metric rmse", "--metric must be one of accuracy, macro-accuracy, log-loss for this task; got \"rmse\"")]
    [InlineData("--trials 0", "Trials must be 1 or greater; got 0")]
    [InlineData("--tuner best", "--tuner must be one of tpe, random, grid, asha; got \"best\"")]
    public void What_cannot_be_searched_is_a_usage_error(string options, string message)
    {
        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        var outcome = Gradstab.Type(_folder.FullName, $"sweep \"{data}\" --label species {options}").Exits(2);
        Assert.Contains(message.Split('|'), text => outcome.Errors.Contains(text, StringComparison.Ordinal));
    }
}
