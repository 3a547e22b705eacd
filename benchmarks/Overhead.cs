using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks;

/// <summary>What the guard and the diagnosis add to a training step, as ratios within the same run.</summary>
internal static class Overhead
{
    private const int Classes = 10;

    private static readonly (string Name, int Features, int Batch, int[] Hidden)[] Nets =
    [
        ("64-128-64-10, batch 32", 64, 32, [128, 64]),
        ("50 × 64, batch 64", 64, 64, [.. Enumerable.Repeat(64, 50)]),
        ("784-512-512-10, batch 128", 784, 128, [512, 512]),
    ];

    public static Command Command()
    {
        var turns = new Option<int>("--turns") { Description = "Turns, the first of which is not counted.", DefaultValueFactory = _ => 12 };
        var steps = new Option<int>("--steps") { Description = "Steps a turn.", DefaultValueFactory = _ => 500 };
        var command = new Command("overhead", "What the guard and the diagnosis add to a training step.") { turns, steps };
        command.SetAction(parsed => Run(parsed.GetValue(turns), parsed.GetValue(steps)));
        return command;
    }

    private static void Run(int turns, int steps)
    {
        set_num_threads(1);
        var ml = new MLContext(1);
        var table = new Table().AddColumns("net", "bare µs/step", "guard", "diagnosis", "both");
        foreach (var (name, features, batch, hidden) in Nets)
        {
            var data = RandomRows.Create(ml, batch * 50, features, Classes);
            var bare = new NeuralNetworkOptions { Network = Network.Mlp(hidden), BatchSize = batch, Epochs = Math.Max(1, steps / 50), Seed = 1, Stability = null, DiagnosisEvery = null };
            var standard = new NeuralNetworkOptions();
            NeuralNetworkOptions[] variants =
            [
                bare, bare with { Stability = standard.Stability }, bare with { DiagnosisEvery = standard.DiagnosisEvery }, bare with { Stability = standard.Stability, DiagnosisEvery = standard.DiagnosisEvery },
            ];
            var times = variants.Select(_ => new List<double>()).ToArray();
            for (var turn = 0; turn < turns; turn++)
            {
                for (var i = 0; i < variants.Length; i++)
                {
                    var time = Microseconds(ml, data, variants[i]);
                    if (turn > 0)
                    {
                        times[i].Add(time);
                    }
                }
            }

            table.AddRow([name, Text(times[0].Median(), "0"), .. times[1..].Select(with => Text(with.Zip(times[0], (one, none) => one / none).Median(), "0.000"))]);
        }

        AnsiConsole.WriteLine($"1 thread, medians over {turns - 1} turns of {steps} steps; ratios to the bare step of the same turn.");
        AnsiConsole.Write(table);
    }

    private static double Microseconds(MLContext ml, IDataView data, NeuralNetworkOptions options)
    {
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        var training = model.Model.Training!;
        return training.Epochs.Sum(epoch => epoch.Duration.TotalMicroseconds) / training.Steps;
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
