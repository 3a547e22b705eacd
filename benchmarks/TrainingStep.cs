using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks;

/// <summary>Whole training steps a second of a 784-512-512-10 MLP at batch 128, Adam and global clip 1: a fit here, the usual loop in PyTorch.</summary>
internal static class TrainingStep
{
    private const int BatchSize = 128;
    private const int Features = 784;
    private const int Classes = 10;

    public static Command Command()
    {
        var peer = new Option<bool>("--peer") { Description = "Measure PyTorch too, taking turns." };
        var turns = new Option<int>("--turns") { Description = "Turns, the first of which is not counted.", DefaultValueFactory = _ => 6 };
        var steps = new Option<int>("--steps") { Description = "Steps a turn.", DefaultValueFactory = _ => 100 };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads to measure with.", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var command = new Command("step", "Training steps a second of a 784-512-512-10 MLP.") { peer, turns, steps, threads };
        command.SetAction(parsed => Run(parsed.GetValue(peer), parsed.GetValue(turns), parsed.GetValue(steps), parsed.GetValue(threads)!));
        return command;
    }

    private static void Run(bool withPeer, int turns, int steps, int[] threadCounts)
    {
        var ml = new MLContext(1);
        var data = RandomRows.Create(ml, BatchSize * steps, Features, Classes);
        using var peer = withPeer ? Peer.Start("step.py") : null;
        if (withPeer && peer is null)
        {
            AnsiConsole.WriteLine("No python3 with PyTorch is here: measuring this library alone.");
        }

        var table = new Table().AddColumns("threads", "steps/s", "PyTorch steps/s", "ratio");
        foreach (var threads in threadCounts)
        {
            set_num_threads(threads);
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < turns; turn++)
            {
                var (own, other) = (StepsPerSecond(ml, data), peer?.Ask(new { steps, threads, features = Features, classes = Classes, batch = BatchSize }).GetDouble() ?? double.NaN);
                if (turn > 0)
                {
                    ours.Add(own);
                    theirs.Add(other);
                }
            }

            table.AddRow(threads.ToString(CultureInfo.InvariantCulture), Text(ours.Median(), "0.0"), Text(theirs.Median(), "0.0"), Text(ours.Zip(theirs, (own, other) => own / other).Median(), "0.00"));
        }

        AnsiConsole.WriteLine($"Medians over {turns - 1} turns of {steps} steps{(peer is null ? string.Empty : $", beside PyTorch {peer.Version}")}; ratio: the median of the turns' ratios.");
        AnsiConsole.Write(table);
    }

    private static double StepsPerSecond(MLContext ml, IDataView data)
    {
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new()
        {
            Network = Network.Mlp([512, 512]),
            Optimizer = Optimizer.Adam(1e-3),
            Gradients = GradientTransform.ClipByGlobalNorm(1),
            BatchSize = BatchSize,
            Epochs = 1,
            Seed = 1,
        }).Fit(data);
        var training = model.Model.Training!;
        return training.Steps / training.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
    }

    private static string Text(double number, string format) => double.IsNaN(number) ? "–" : number.ToString(format, CultureInfo.InvariantCulture);
}
