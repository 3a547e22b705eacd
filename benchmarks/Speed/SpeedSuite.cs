using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Samples;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>How fast training, scoring, reading and saving are, beside PyTorch on the same libtorch.</summary>
internal static class SpeedSuite
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Command Command()
    {
        var json = new Option<FileInfo?>("--json") { Description = "Write the outcomes to this file." };
        var peer = new Option<bool>("--peer") { Description = "Have PyTorch do the same work, taking turns." };
        var only = new Option<string[]>("--only") { Description = "Only cases whose names contain one of these words.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var turns = new Option<int>("--turns") { Description = "Turns that count, 1 or more; one more warms up.", DefaultValueFactory = _ => 5 };
        var threads = new Option<int>("--threads") { Description = "Threads of both sides.", DefaultValueFactory = _ => 1 };
        var scale = new Option<double>("--scale") { Description = "Share of the usual amount of work, above 0, at most 1.", DefaultValueFactory = _ => 1 };
        var command = new Command("speed", "How fast training, scoring, reading and saving are.") { json, peer, only, turns, threads, scale, Memory() };
        command.SetAction(parsed => TrainingDisplay.UntilCtrlC(cancellation =>
        {
            using var python = parsed.GetValue(peer) ? Peer.Start("speed.py") : null;
            if (parsed.GetValue(peer) && python is null)
            {
                AnsiConsole.WriteLine("No python3 with PyTorch is here: measuring this library alone.");
            }

            var bench = new SpeedBench(python, parsed.GetValue(turns), parsed.GetValue(scale), parsed.GetValue(threads), cancellation);
            return Run(bench, [.. SpeedCases.All.Where(one => parsed.GetValue(only) is not { Length: > 0 } words || words.Any(word => one.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))], parsed.GetValue(json));
        }));
        return command;
    }

    private static Command Memory()
    {
        var work = new Argument<string>("work");
        var command = new Command(MemoryWork.Argument, "What the memory cases run in processes of their own.") { work };
        command.Hidden = true;
        command.SetAction(parsed => Console.WriteLine(JsonSerializer.Deserialize<MemoryWork>(parsed.GetValue(work)!)!.Run().ToString(CultureInfo.InvariantCulture)));
        return command;
    }

    private static int Run(SpeedBench bench, IReadOnlyList<SpeedCase> cases, FileInfo? json)
    {
        set_num_threads(bench.Threads);
        var outcomes = new List<SpeedOutcome>();
        foreach (var one in cases)
        {
            try
            {
                foreach (var outcome in one.Measure(bench))
                {
                    outcomes.Add(outcome);
                    AnsiConsole.WriteLine(FormattableString.Invariant($"{outcome.Case}: {outcome.Ours:G4} {outcome.Unit}, peer {outcome.Peer:G4}, ratio {outcome.Ratio:0.000}"));
                }
            }
            catch (OperationCanceledException)
            {
                AnsiConsole.WriteLine("Cancelled: what follows is what was measured.");
                break;
            }
        }

        SpeedTable.Write(outcomes);
        AnsiConsole.WriteLine($"medians of {bench.Turns} turns on {bench.Threads} thread(s){(bench.Peer is null ? string.Empty : $", beside PyTorch {bench.Peer.Version}")}");
        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(outcomes, Json));
        }

        return bench.Cancellation.IsCancellationRequested ? 130 : 0;
    }
}
