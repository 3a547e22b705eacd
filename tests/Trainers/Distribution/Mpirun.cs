using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>Starts this assembly as the ranks of an MPI job, the real thing, and reads what each of them wrote.</summary>
internal static class Mpirun
{
    public static readonly JsonSerializerOptions Json = new(Descriptions.Options) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The program; null when there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mpirun"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a job to its end.</summary>
    /// <param name="ranks">Its processes; 0 for one process without mpirun.</param>
    /// <param name="job">One of <see cref="RankProgram"/>.</param>
    /// <param name="folder">Where it writes to.</param>
    /// <param name="arguments">For the job.</param>
    public static JobOutcome Run(int ranks, string job, string folder, params string[] arguments)
    {
        Directory.CreateDirectory(folder);
        string[] program = [Dotnet(), typeof(RankProgram).Assembly.Location, RankProgram.Argument, job, folder, .. arguments];
        string[] all = ranks == 0 ? program : [Program!, "--oversubscribe", "--bind-to", "none", "--timeout", "400", "-np", ranks.ToString(CultureInfo.InvariantCulture), .. program];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new JobOutcome(process.ExitCode, output, errors.Result, [.. Enumerable.Range(0, Math.Max(1, ranks)).Select(rank => Read(folder, rank)).OfType<RankOutcome>()]);
    }

    /// <summary>Runs a job that must come to its end.</summary>
    public static IReadOnlyList<RankOutcome> RunWell(int ranks, string job, string folder, params string[] arguments)
    {
        var outcome = Run(ranks, job, folder, arguments);
        Assert.True(outcome.ExitCode == 0 && outcome.Ranks.Count == Math.Max(1, ranks), $"exit code {outcome.ExitCode}\n{outcome.Output}\n{outcome.Errors}");
        return outcome.Ranks;
    }

    private static string Dotnet() => Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static RankOutcome? Read(string folder, int rank) => RankProgram.FileOf(folder, rank) is var file && File.Exists(file)
        ? JsonSerializer.Deserialize<RankOutcome>(File.ReadAllText(file), Json)
        : null;
}
