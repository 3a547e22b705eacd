using System.Diagnostics;

namespace MLNet.GradStability.Tests;

/// <summary>SIGKILL, the real thing: a process that trains is killed at random moments, again and again, until one comes to the end.</summary>
[Trait("Row", "R17")]
public sealed class KilledProcessTests
{
    private const int FewestKills = 3;

    [Fact]
    public void Killed_at_random_moments_it_ends_with_the_weights_of_a_run_that_never_was()
    {
        using var folder = new TemporaryFolder();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var seen = new List<string>();
        string? end = null;
        for (var kills = 0; end is null && kills < 3 * KilledTraining.Steps; kills++)
        {
            // A step and its checkpoint take some milliseconds: the moment may be in either.
            end = Train(folder.Path, seen, killAfter: random.Next(1, KilledTraining.Steps / FewestKills), random.Next(12));
        }

        Assert.True(end == KilledTraining.Run(), $"seed {seed}: {string.Join(", ", seen)}: {end}");
        Assert.InRange(seen.Count, FewestKills, 3 * KilledTraining.Steps);
    }

    /// <summary>Trains in a process; null when it was killed.</summary>
    private static string? Train(string folder, List<string> seen, int killAfter, int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(KilledTraining).Assembly.Location, KilledTraining.Argument, folder },
            RedirectStandardOutput = true,
        })!;
        string? last = null;
        for (var steps = 0; process.StandardOutput.ReadLine() is { } line; last = line)
        {
            if (++steps == killAfter)
            {
                Thread.Sleep(milliseconds);
                process.Kill();
            }
        }

        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return last;
        }

        seen.Add(last ?? "nothing");
        return null;
    }
}
