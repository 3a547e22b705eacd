namespace MLNet.GradStability.Tests.Distribution;

/// <summary>What goes wrong on one rank ends the fit, or the job, on all of them, and says so.</summary>
[Trait("Row", "R30")]
[Collection(nameof(Mpirun))]
public sealed class FailureTests
{
    [MpiFact]
    public void What_differs_between_ranks_is_named_on_all_of_them()
    {
        using var folder = new TemporaryFolder();
        var outcome = Mpirun.Run(2, "differences", folder.Path);
        var (first, second) = (outcome.Ranks[0].Fits, outcome.Ranks[1].Fits);

        Assert.Equal("ArgumentException: DataParallel: all 2 ranks of a job must be given the same options and run the same software. Optimizer.Rate.Rate is 0.01 on rank 0 and 0.02 on rank 1; BatchSize is 20 on rank 0 and 21 on rank 1. Start one program with the same arguments and environment on every rank.", first[0].Error);
        Assert.Equal(first[0].Error, second[0].Error);
        Assert.StartsWith("InvalidOperationException: DataParallel: all ranks must read the same rows in the same order, and start from the same weights; rank 0 has 97 rows", first[1].Error, StringComparison.Ordinal);
        Assert.Contains("rank 1 96 rows", first[1].Error, StringComparison.Ordinal);
        Assert.Equal(first[1].Error, second[1].Error);
        Assert.StartsWith("InvalidOperationException: DataParallel: rank 1 of 2 cannot train: ", first[2].Error, StringComparison.Ordinal);
        Assert.Contains("ExampleWeightColumnName must name different columns", first[2].Error, StringComparison.Ordinal);
        Assert.Contains("ExampleWeightColumnName must name different columns", second[2].Error, StringComparison.Ordinal);
        Assert.StartsWith("InvalidOperationException: DataParallel: rank 1 of 2 cannot train: ", first[3].Error, StringComparison.Ordinal);
        Assert.Contains("50", second[3].Error, StringComparison.Ordinal);
        Assert.All(outcome.Ranks, rank => Assert.Contains("one distributed fit at a time", rank.Fits[4].Error, StringComparison.Ordinal));
    }

    [MpiFact]
    public void A_drift_is_named_on_all_ranks()
    {
        using var folder = new TemporaryFolder();
        var outcomes = Mpirun.RunWell(3, "drift", folder.Path);

        Assert.All(outcomes, outcome => Assert.StartsWith(
            "InvalidOperationException: DataParallel: all ranks must hold the same weights; after step 5 rank 1 of 3 holds others than rank 0 in hidden0.weight", outcome.Fits[0].Error, StringComparison.Ordinal));
    }

    [MpiFact]
    public void A_rank_that_fails_ends_the_job_though_its_program_goes_on()
    {
        using var folder = new TemporaryFolder();
        var outcome = Mpirun.Run(2, "failure", folder.Path);

        Assert.NotEqual(0, outcome.ExitCode);
        var failed = Assert.Single(outcome.Ranks);
        Assert.Equal(1, failed.Rank);
        Assert.Contains("out of paper", failed.Fits[0].Error, StringComparison.Ordinal);

        // Which rank it was mpirun tells in most runs; in some its daemon logs an error of its own in place of that.
        Assert.NotEmpty(outcome.Errors);
    }

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => MpiLibrary.Load(["libno-such-mpi.so.1"]));
        Assert.StartsWith("DataParallel.Mpi: Open MPI must be installed on every machine of the job; none of libno-such-mpi.so.1 was found.", missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install openmpi-bin", missing.Message, StringComparison.Ordinal);

        var other = Assert.Throws<InvalidOperationException>(() => MpiLibrary.Load([OperatingSystem.IsMacOS() ? "libSystem.dylib" : "libc.so.6"]));
        Assert.Contains("has no ompi_mpi_comm_world", other.Message, StringComparison.Ordinal);
    }
}
