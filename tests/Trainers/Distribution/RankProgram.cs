using System.Text.Json;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>What the ranks of the test jobs do: this assembly is a program too.</summary>
internal static class RankProgram
{
    public const string Argument = "rank";

    /// <summary>The jobs by name; each is given where this process stands, a folder and arguments, and makes fits.</summary>
    private static readonly Dictionary<string, Func<ProcessGroup, string, string[], IEnumerable<FitOutcome>>> Jobs = new()
    {
        ["equality"] = (_, _, _) => EqualityFits.OnRanks.Select(fit => fit.Run(DataParallel.Mpi())).Append(EqualityFits.BatchPerRank(10).Run(DataParallel.Mpi(batchPerRank: true))),
        ["bits"] = (_, _, _) => RankFits.Random.Select(fit => fit.Run(DataParallel.Mpi())),
        ["alone"] = (_, _, _) => [RankFits.Random[0].Run(), RankFits.Random[0].Run(DataParallel.Mpi())],
        ["checkpoints"] = RankFits.Checkpointed,
        ["differences"] = RankFits.Different,
        ["drift"] = RankFits.Drifting,
        ["endings"] = RankFits.Ended,
        ["guard"] = (_, _, _) => [RankFits.Poisoned.Run(DataParallel.Mpi())],
        ["batch norm"] = (_, _, _) => [RankFits.Normalized.Run(DataParallel.Mpi())],
        ["failure"] = RankFits.Failing,
        ["files"] = RankFiles.Write,
        ["examples"] = DistributedDocTests.Run,
    };

    public static string FileOf(string folder, int rank) => Path.Combine(folder, $"rank{rank}.json");

    public static void Run(string job, string folder, string[] arguments)
    {
        var here = DataParallel.Mpi().Join();
        var outcome = new RankOutcome(here.Rank, here.Size, [.. Jobs[job](here, folder, arguments)]);
        File.WriteAllText(FileOf(folder, here.Rank), JsonSerializer.Serialize(outcome, Mpirun.Json));
    }
}
