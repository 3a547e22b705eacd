using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace MLNet.GradStability.Benchmarks.Distributed;

/// <summary>How a training gets faster with ranks on this machine, and what part of it goes into sums over them, by the size of the network.</summary>
internal static class DistributedScaling
{
    private const string Worker = "distributed-rank";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static Command Command()
    {
        var ranks = new Option<int[]>("--ranks") { Description = "Numbers of ranks to measure with.", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var turns = new Option<int>("--turns") { Description = "Trainings of each net, the first of which is not counted.", DefaultValueFactory = _ => 6 };
        var batch = new Option<int>("--batch") { Description = "Rows of a batch over all ranks.", DefaultValueFactory = _ => 512 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the measurements to this file." };
        var command = new Command("distributed", "How MPI ranks of one thread share a training on this machine.") { ranks, turns, batch, json };
        command.SetAction(parsed => Run(parsed.GetValue(ranks)!, parsed.GetValue(turns), parsed.GetValue(batch), parsed.GetValue(json)));
        return command;
    }

    /// <summary>The command of the ranks, which <see cref="Command"/> starts by mpirun.</summary>
    public static Command WorkerCommand()
    {
        var turns = new Argument<int>("turns");
        var batch = new Argument<int>("batch");
        var output = new Argument<FileInfo>("output");
        var command = new Command(Worker, "One rank of the above.") { turns, batch, output };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var measured = RankMeasurements.Measure(parsed.GetValue(turns), parsed.GetValue(batch));
            if (DataParallel.Mpi().Join().IsFirst)
            {
                File.WriteAllText(parsed.GetValue(output)!.FullName, JsonSerializer.Serialize(measured));
            }
        });
        return command;
    }

    private static void Run(int[] ranks, int turns, int batch, FileInfo? json)
    {
        AnsiConsole.Profile.Width = 200;
        var measured = ranks.Select(count => Start(count, turns, batch)).ToList();
        if (json is not null)
        {
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(measured, Json));
        }

        var table = new Table().Border(TableBorder.Markdown).AddColumns("net", "parameters", "ranks", "ms/step", "speed-up", "in sums, waiting included", "all-reduce alone, ms", "of a step");
        for (var i = 0; i < measured[0].Nets.Count; i++)
        {
            foreach (var job in measured)
            {
                var (net, sum) = (job.Nets[i], job.Sums[i]);
                table.AddRow(
                    net.Name,
                    net.Parameters.ToString("N0", CultureInfo.InvariantCulture),
                    Text(job.Ranks, "0"),
                    Text(net.Milliseconds, "0.00"),
                    Text(measured[0].Nets[i].Milliseconds / net.Milliseconds, "0.00"),
                    Text(net.Share, "P0"),
                    Text(sum.Milliseconds, "0.000"),
                    Text(sum.Milliseconds / net.Milliseconds, "P0"));
            }
        }

        AnsiConsole.WriteLine(FormattableString.Invariant($"Batches of {batch} rows over all ranks, each rank one thread, default options; medians over {turns - 1} trainings."));
        AnsiConsole.Write(table);
    }

    private static RankMeasurements Start(int ranks, int turns, int batch)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("mpirun", ["--oversubscribe", "--bind-to", "none", "-np", Text(ranks, "0"), .. Program(), Worker, Text(turns, "0"), Text(batch, "0"), output]);
            start.Environment["OMP_NUM_THREADS"] = "1";

            // Where ranks take all cores, what .NET compiles in the background would take turns with them.
            start.Environment["DOTNET_TieredCompilation"] = "0";
            start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
            start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<RankMeasurements>(File.ReadAllText(output))!
                : throw new InvalidOperationException($"mpirun ended with exit code {process.ExitCode}; its messages are above.");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, typeof(DistributedScaling).Assembly.Location]
        : [Environment.ProcessPath!];

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
