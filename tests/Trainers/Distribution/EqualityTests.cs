namespace MLNet.GradStability.Tests.Distribution;

/// <summary>Several ranks train to the weights of a single process.</summary>
[Trait("Row", "R30")]
[Collection(nameof(Mpirun))]
public sealed class EqualityTests
{
    private const double Tolerance = 1e-6;

    [MpiTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void Ranks_train_to_the_weights_of_one_process(int ranks)
    {
        using var folder = new TemporaryFolder();
        var outcomes = Mpirun.RunWell(ranks, "equality", folder.Path);
        TrackedFit[] alone = [.. EqualityFits.All, EqualityFits.Streamed(ranks), EqualityFits.BatchPerRank(10 * ranks)];
        for (var i = 0; i < alone.Length; i++)
        {
            var expected = alone[i].Run();
            var fits = outcomes.Select(outcome => outcome.Fits[i]).ToList();

            Assert.All(fits, fit => Assert.True(fit.Error is null, $"{fit.Name}: {fit.Error}"));
            Assert.All(fits, fit => Assert.Equal(fits[0].Weights, fit.Weights));
            AssertSame(expected, fits[0]);
            AssertShared(expected.Rows, [.. fits.Select(fit => fit.Rows)]);
        }
    }

    [MpiFact]
    public void Ranks_hold_the_same_bits_whatever_is_drawn_at_random()
    {
        using var folder = new TemporaryFolder();
        var outcomes = Mpirun.RunWell(3, "bits", folder.Path);
        foreach (var (first, i) in outcomes[0].Fits.Select((fit, i) => (fit, i)))
        {
            Assert.Null(first.Error);
            Assert.All(outcomes, outcome => Assert.Equal(first.Weights, outcome.Fits[i].Weights));
            Assert.All(outcomes, outcome => Assert.Equal(first.Result!.Seed, outcome.Fits[i].Result!.Seed));
        }

        Assert.Equal(outcomes[0].Fits[0].Weights, outcomes[0].Fits[1].Weights);
        Assert.NotEqual(outcomes[0].Fits[0].Weights, outcomes[0].Fits[2].Weights);
        Assert.Equal(3, outcomes[0].Fits[0].Result!.Ranks);
        Assert.InRange(outcomes[0].Fits[0].Result!.Communication, TimeSpan.FromTicks(1), outcomes[0].Fits[0].Result!.Duration);
    }

    [MpiFact]
    public void A_process_that_mpirun_did_not_start_trains_alone_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var alone = Assert.Single(Mpirun.RunWell(0, "alone", folder.Path));

        Assert.Equal((0, 1), (alone.Rank, alone.Size));
        Assert.Equal(alone.Fits[0].Weights, alone.Fits[1].Weights);
        Assert.Equal(1, alone.Fits[1].Result!.Ranks);
    }

    [MpiFact]
    public void Batch_norm_takes_each_ranks_rows_and_keeps_the_statistics_of_all()
    {
        using var folder = new TemporaryFolder();
        var expected = Statistics(RankFits.Normalized.Run());
        var outcomes = Mpirun.RunWell(2, "batch norm", folder.Path);
        var actual = Statistics(outcomes[0].Fits[0]);

        Assert.Equal(outcomes[0].Fits[0].Weights, outcomes[1].Fits[0].Weights);
        Support.AssertClose(expected.Means, actual.Means, 1e-6);

        // The variance within a part is smaller by what its mean is off.
        Assert.All(expected.Variances.Zip(actual.Variances), pair => Assert.InRange(pair.Second, 0.9 * pair.First, 1.02 * pair.First));
        Assert.NotEqual(expected.Variances, actual.Variances);

        static (double[] Means, double[] Variances) Statistics(FitOutcome fit) => (fit.Weights[^8..^4], fit.Weights[^4..]);
    }

    private static void AssertSame(FitOutcome expected, FitOutcome actual)
    {
        var worst = expected.Weights.Zip(actual.Weights).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(worst <= Tolerance, $"{actual.Name}: a weight differs by {worst}");
        Assert.Equal(expected.Result!.Steps, actual.Result!.Steps);
        Assert.Equal(expected.Result.StopReason.Kind, actual.Result.StopReason.Kind);
        Assert.Equal(expected.Result.Epochs.Count, actual.Result.Epochs.Count);
        foreach (var (one, other) in expected.Result.Epochs.Zip(actual.Result.Epochs))
        {
            Support.AssertClose([one.Loss, one.Metric, one.ValidationLoss, one.ValidationMetric, one.MaxGradientNorm, one.LearningRate], [other.Loss, other.Metric, other.ValidationLoss, other.ValidationMetric, other.MaxGradientNorm, other.LearningRate], 1e-5);
        }
    }

    /// <summary>In each step the ranks have the rows of the single process, each row once.</summary>
    private static void AssertShared(IReadOnlyList<long[]> expected, IReadOnlyList<IReadOnlyList<long[]>> ofRanks)
    {
        for (var step = 0; step < expected.Count; step++)
        {
            Assert.Equal(expected[step].Order(), ofRanks.SelectMany(steps => steps[step]).Order());
        }
    }
}
