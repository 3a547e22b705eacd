using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>Trainings that break the usual recipe: with the defaults, without the guard, by that recipe, and by that recipe in PyTorch.</summary>
internal static class HostileSuite
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Command()
    {
        var json = new Option<FileInfo?>("--json") { Description = "Write the outcomes to this file." };
        var peer = new Option<bool>("--peer") { Description = "Have PyTorch train too, by the plain recipes." };
        var seeds = new Option<int[]>("--seed") { Description = "Seeds.", DefaultValueFactory = _ => [1, 2, 3], AllowMultipleArgumentsPerToken = true };
        var tasks = new Option<string[]>("--task") { Description = $"Tasks: {string.Join(", ", HostileTasks.All.Select(task => task.Name))}. Default: all.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var gpu = new Option<int?>("--gpu") { Description = "Number of the GPU that this library trains on; left out: the processor." };
        tasks.Validators.Add(result =>
        {
            foreach (var name in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (HostileTasks.All.All(task => task.Name != name))
                {
                    result.AddError($"--task must name a task; got \"{name}\". Give one of {string.Join(", ", HostileTasks.All.Select(task => task.Name))}.");
                }
            }
        });
        var command = new Command("hostile", "Trainings that break the usual recipe.") { json, peer, seeds, tasks, gpu };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.GetValue(peer), parsed.GetValue(seeds)!, parsed.GetValue(tasks)!, parsed.GetValue(gpu)));
        return command;
    }

    private static void Run(FileInfo? json, bool withPeer, int[] seeds, string[] names, int? gpu)
    {
        // The nets are small: two trainings side by side beat one on two threads.
        set_num_threads(1);
        using var peers = new PeerPool("hostile.py", withPeer);
        if (withPeer && !peers.IsAvailable)
        {
            AnsiConsole.WriteLine("No python3 with PyTorch is here: running this library alone.");
        }

        var units = (from task in HostileTasks.All where names.Length == 0 || names.Contains(task.Name) from seed in seeds select (task, seed)).ToList();
        var outcomes = new List<Outcome>();
        AnsiConsole.Progress().Start(context =>
        {
            var progress = context.AddTask("training", maxValue: units.Count);
            outcomes.AddRange(units.AsParallel().AsOrdered().WithDegreeOfParallelism(2).SelectMany(unit =>
            {
                var done = Outcomes(unit.task, unit.seed, peers, gpu);
                progress.Increment(1);
                return done;
            }));
        });
        HostileTable.Write(outcomes);
        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(outcomes, Json));
        }
    }

    /// <summary>All recipes of one task with one seed.</summary>
    internal static IReadOnlyList<Outcome> Outcomes(HostileTask task, int seed, PeerPool peers, int? gpu = null)
    {
        var reference = OwnTraining.Reference(task, seed, gpu);
        Outcome Outcome(Recipe recipe, (double Metric, long Explosions, long Recoveries) got) => new(
            task.Name, recipe.Name, seed, got.Metric, reference, got.Metric >= task.Share * reference, got.Explosions, got.Recoveries);

        return
        [
            .. Recipe.Own.Select(recipe => Outcome(recipe, OwnTraining.Train(task, recipe, seed, gpu))),
            .. peers.IsAvailable ? Recipe.Peers.Select(recipe => Outcome(recipe, peers.With(peer => PeerTraining.Train(peer, task, recipe, seed)))) : [],
        ];
    }
}
