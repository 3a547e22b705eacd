using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Samples;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>How well the default options do on data that many know, against bars and beside scikit-learn.</summary>
internal static class QualitySuite
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Command()
    {
        var json = new Option<FileInfo?>("--json") { Description = "Write the outcomes to this file." };
        var peer = new Option<bool>("--peer") { Description = "Have scikit-learn train too, on standardised features." };
        var only = new Option<string[]>("--only") { Description = $"Tasks: {Names}. Default: all.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. QualityTasks.All.Select(task => task.Name)]);
        var seeds = new Option<int[]>("--seeds") { Description = "Seeds.", DefaultValueFactory = _ => [1, 2, 3], AllowMultipleArgumentsPerToken = true };
        var folds = new Option<int>("--folds") { Description = "Folds of the tables, 2 or more.", DefaultValueFactory = _ => 5 };
        folds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
            {
                result.AddError("--folds must be 2 or more: some rows to train on, some to measure on. 5 is usual.");
            }
        });
        var smoothing = new Option<double?>("--label-smoothing") { Description = "Label smoothing of the classifications, from 0, in place of the default." };
        var command = new Command("quality", "How well the default options do, against bars.") { json, peer, only, seeds, folds, smoothing };
        command.SetAction(parsed => TrainingDisplay.UntilCtrlC(cancellation => Run(
            parsed.GetValue(json),
            parsed.GetValue(peer),
            [.. QualityTasks.All.Where(task => parsed.GetValue(only) is not { Length: > 0 } chosen || chosen.Contains(task.Name))],
            parsed.GetValue(folds),
            [.. parsed.GetValue(seeds)!.Distinct()],
            new NeuralNetworkOptions { LabelSmoothing = parsed.GetValue(smoothing), CancellationToken = cancellation })));
        return command;
    }

    private static string Names => string.Join(", ", QualityTasks.All.Select(task => task.Name));

    private static int Run(FileInfo? json, bool withPeer, IReadOnlyList<QualityTask> tasks, int folds, int[] seeds, NeuralNetworkOptions options)
    {
        // The nets are small: two trainings side by side beat one on two threads.
        set_num_threads(1);
        using var peers = new PeerPool("quality.py", withPeer);
        if (withPeer && !peers.IsAvailable)
        {
            AnsiConsole.WriteLine("No python3 with scikit-learn is here: running this library alone.");
        }

        var done = Train(tasks, folds, seeds, peers, options);
        if (done.Count == 0)
        {
            AnsiConsole.WriteLine("Cancelled: no task is done yet.");
            return 130;
        }

        QualityTable.Write(done, folds, seeds.Length);
        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(done, Json));
        }

        if (done.Count < tasks.Count)
        {
            AnsiConsole.WriteLine($"Cancelled: {done.Count} of {tasks.Count} tasks are done.");
            return 130;
        }

        return 0;
    }

    /// <summary>All trainings, two at a time; those of a task that was cut short are left out.</summary>
    private static List<QualityOutcome> Train(IReadOnlyList<QualityTask> tasks, int folds, int[] seeds, PeerPool peers, NeuralNetworkOptions options)
    {
        var units = (from task in tasks from seed in seeds from fold in Enumerable.Range(0, task.Trainings(folds)) select (task, seed, fold)).ToList();
        return AnsiConsole.Progress().Start(context =>
        {
            var progress = context.AddTask("training", maxValue: units.Count);
            var trainings = units.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(unit =>
            {
                var training = TrainOnce(unit.task, folds, unit.fold, options with { Seed = unit.seed }, peers);
                progress.Increment(1);
                return training;
            }).ToList();
            return trainings.OfType<QualityTrial>().GroupBy(training => training.Task)
                .Where(task => task.Count() == seeds.Length * task.Key.Trainings(folds))
                .Select(task => QualityOutcome.Of(task.Key, [.. task])).ToList();
        });
    }

    private static QualityTrial? TrainOnce(QualityTask task, int folds, int fold, NeuralNetworkOptions options, PeerPool peers)
    {
        var (seed, cancellation) = (options.Seed!.Value, options.CancellationToken);
        if (cancellation.IsCancellationRequested)
        {
            return null;
        }

        var ours = task.Ours(folds, fold, options);
        var peer = peers.IsAvailable ? peers.With(peer => task.Peers(peer, folds, fold, seed)) : null;
        return cancellation.IsCancellationRequested ? null : new QualityTrial(task, seed, ours, peer);
    }
}
