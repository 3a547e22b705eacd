using System.Diagnostics;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>SIGKILL, the real thing: a process that sweeps is killed at random moments, again and again, until one comes to the end.</summary>
[Collection(nameof(Alone))]
public sealed class KilledSweepTests
{
    private const int FewestKills = 2;

    [Fact]
    public void Killed_at_random_moments_it_ends_as_a_sweep_that_never_was_and_repeats_no_trial()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var journal = Path.Combine(folder.Path, "sweep.jsonl");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string? end = null;
        var kills = 0;
        while (end is null && kills < KilledSweep.Trials)
        {
            var finished = File.Exists(journal) ? Math.Max(0, File.ReadLines(journal).Count() - 1) : 0;
            end = Sweep(journal, killAfter: kills < FewestKills ? finished + random.Next(1, 4) : int.MaxValue, random.Next(60));
            kills += end is null ? 1 : 0;
        }

        Assert.Equal(FewestKills, kills);
        Assert.True(end == string.Join("; ", KilledSweep.Run(journal: null)), $"seed {seed}: {end}");
        Assert.Equal(
            Enumerable.Range(1, KilledSweep.Trials),
            File.ReadLines(journal).Skip(1).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("trial").GetInt32()).Order());
    }

    /// <summary>Sweeps in a process; null when it was killed.</summary>
    private static string? Sweep(string journal, int killAfter, int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(KilledSweep).Assembly.Location, KilledSweep.Argument, journal },
            RedirectStandardOutput = true,
        })!;
        string? last = null;
        for (var trials = 0; process.StandardOutput.ReadLine() is { } line; last = line)
        {
            if (++trials == killAfter)
            {
                Thread.Sleep(milliseconds);
                process.Kill();
            }
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? last : null;
    }
}
