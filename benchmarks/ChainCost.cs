using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks;

/// <summary>
/// What lies between backward and the next forward in a 50-layer, 64-wide MLP: finite check, global norm, clip and Adam, over flat parameters here and
/// over 102 tensors in PyTorch, which clips and steps in a loop or with its foreach kernels.
/// </summary>
internal static class ChainCost
{
    private const int Layers = 50;
    private const int Width = 64;
    private const int Classes = 10;
    private const int BatchSize = 32;

    public static Command Command()
    {
        var peer = new Option<bool>("--peer") { Description = "Measure PyTorch too, taking turns." };
        var turns = new Option<int>("--turns") { Description = "Turns, the first of which is not counted.", DefaultValueFactory = _ => 6 };
        var steps = new Option<int>("--steps") { Description = "Steps a turn.", DefaultValueFactory = _ => 100 };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads to measure with.", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var command = new Command("chain-cost", "Gradient chain and optimiser step of a 50-layer MLP.") { peer, turns, steps, threads };
        command.SetAction(parsed => Run(parsed.GetValue(peer), parsed.GetValue(turns), parsed.GetValue(steps), parsed.GetValue(threads)!));
        return command;
    }

    private static void Run(bool withPeer, int turns, int steps, int[] threadCounts)
    {
        var ml = new MLContext(1);
        var data = RandomRows.Create(ml, BatchSize * steps, Width, Classes);
        using var peer = withPeer ? Peer.Start("chain_cost.py") : null;
        if (withPeer && peer is null)
        {
            AnsiConsole.WriteLine("No python3 with PyTorch is here: measuring this library alone.");
        }

        var table = new Table().AddColumns("threads", "flat (µs)", "PyTorch loop (µs)", "PyTorch foreach (µs)", "flat ÷ loop", "flat ÷ foreach");
        foreach (var threads in threadCounts)
        {
            set_num_threads(threads);
            var times = new Dictionary<string, List<double>> { ["flat"] = [], ["loop"] = [], ["foreach"] = [] };
            for (var turn = 0; turn < turns; turn++)
            {
                Add("flat", turn, Flat(ml, data));
                foreach (var way in new[] { "loop", "foreach" })
                {
                    Add(way, turn, peer?.Ask(new { way, steps, threads, layers = Layers, width = Width, classes = Classes, batch = BatchSize }).EnumerateArray().Select(time => time.GetDouble()) ?? []);
                }
            }

            var (flat, loop, each) = (times["flat"].Median(), Median("loop"), Median("foreach"));
            table.AddRow(threads.ToString(CultureInfo.InvariantCulture), Text(flat, "0"), Text(loop, "0"), Text(each, "0"), Text(flat / loop, "0.00"), Text(flat / each, "0.00"));

            double Median(string way) => times[way].Count > 0 ? times[way].Median() : double.NaN;

            void Add(string way, int turn, IEnumerable<double> measured)
            {
                if (turn > 0)
                {
                    times[way].AddRange(measured);
                }
            }
        }

        AnsiConsole.WriteLine($"Medians over {(turns - 1) * steps} steps, in turns{(peer is null ? string.Empty : $", beside PyTorch {peer.Version}")}.");
        AnsiConsole.Write(table);
    }

    private static List<double> Flat(MLContext ml, IDataView data)
    {
        var clock = new StepClock();
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new()
        {
            Network = Network.Mlp([.. Enumerable.Repeat(Width, Layers)]),
            Optimizer = Optimizer.Adam(1e-4),
            Gradients = GradientTransform.ClipByGlobalNorm(1),
            Regularizer = clock.Start,
            Constraint = clock.End,
            BatchSize = BatchSize,
            Epochs = 1,
            Seed = 1,
        }).Fit(data);
        return clock.Times;
    }

    private static string Text(double number, string format) => double.IsNaN(number) ? "–" : number.ToString(format, CultureInfo.InvariantCulture);
}
