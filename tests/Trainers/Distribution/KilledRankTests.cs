namespace MLNet.GradStability.Tests.Distribution;

/// <summary>SIGKILL to one rank: the job ends, and goes on from the last checkpoint with any number of ranks.</summary>
[Trait("Row", "R30")]
[Collection(nameof(Mpirun))]
public sealed class KilledRankTests
{
    [MpiFact]
    public void A_killed_rank_ends_the_job_which_goes_on_with_any_number_of_ranks()
    {
        using var folder = new TemporaryFolder();
        var killed = Path.Combine(folder.Path, "killed");
        var outcome = Mpirun.Run(2, "checkpoints", Path.Combine(folder.Path, "job"), killed, "true");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Empty(outcome.Ranks);
        Assert.Contains("rank 1", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("signal 9", outcome.Errors, StringComparison.Ordinal);

        foreach (var ranks in new[] { 0, 2, 3 })
        {
            var checkpoints = Copy(killed, $"{killed}{ranks}");
            var resumed = Mpirun.RunWell(ranks, "checkpoints", Path.Combine(folder.Path, $"job{ranks}"), checkpoints, "false");
            var expected = (RankFits.Rings("whole", RankFits.Resumable with { Seed = resumed[0].Fits[0].Result!.Seed })).Run();

            Assert.Contains(resumed[0].Fits[0].Log, line => line.Contains("resumed after step", StringComparison.Ordinal));
            Assert.Equal(expected.Result!.Steps, resumed[0].Fits[0].Result!.Steps);
            Assert.True(resumed[0].Fits[0].Rows.Count < expected.Rows.Count, "it started anew");
            Assert.All(resumed, rank => Assert.Equal(resumed[0].Fits[0].Weights, rank.Fits[0].Weights));
            Assert.InRange(expected.Weights.Zip(resumed[0].Fits[0].Weights).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-6);
        }
    }

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
