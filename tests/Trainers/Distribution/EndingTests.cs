namespace MLNet.GradStability.Tests.Distribution;

/// <summary>All ranks end, skip and go back at the same step.</summary>
[Trait("Row", "R30")]
[Collection(nameof(Mpirun))]
public sealed class EndingTests
{
    [MpiFact]
    public void A_wish_of_one_rank_ends_all_of_them_after_the_same_step()
    {
        using var folder = new TemporaryFolder();
        var outcomes = Mpirun.RunWell(2, "endings", folder.Path);
        foreach (var (first, second) in outcomes[0].Fits.Zip(outcomes[1].Fits))
        {
            Assert.Equal((first.Error, first.Result?.Steps, first.Result?.StopReason.Kind), (second.Error, second.Result?.Steps, second.Result?.StopReason.Kind));
            Assert.Equal(first.Weights, second.Weights);
        }

        var results = outcomes[0].Fits.Select(fit => fit.Result!).ToList();

        // Told with the gradients of the next step.
        Assert.Equal((RankFits.StopStep + 1, StopKind.Stopped), (results[0].Steps, results[0].StopReason.Kind));
        Assert.Contains("another rank asked for it", results[0].StopReason.Sentence, StringComparison.Ordinal);
        Assert.Contains("enough.", outcomes[1].Fits[0].Result!.StopReason.Sentence, StringComparison.Ordinal);
        Assert.Equal((2, StopKind.Stopped), (results[1].Epochs.Count, results[1].StopReason.Kind));
        Assert.Equal((RankFits.StopStep + 1, StopKind.Cancelled), (results[2].Steps, results[2].StopReason.Kind));
    }

    [MpiFact]
    public void The_guard_skips_and_goes_back_on_all_ranks_together()
    {
        using var folder = new TemporaryFolder();
        var expected = RankFits.Poisoned.Run();
        var outcomes = Mpirun.RunWell(2, "guard", folder.Path);
        var (first, second) = (outcomes[0].Fits[0], outcomes[1].Fits[0]);

        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(4, expected.Result!.Incidents.Count);
        Assert.Equal(1, expected.Result.RollBacks);
        Assert.Contains(expected.Result.Incidents, incident => incident is { Step: RankFits.PoisonedStep, Reaction: GuardReaction.Skipped });
        var sorted = expected.Result.Incidents.Select(Sorted).ToList();
        Assert.Equal(sorted, first.Result!.Incidents.Select(Sorted));
        Assert.Equal(sorted, second.Result!.Incidents.Select(Sorted));
        Assert.InRange(expected.Weights.Zip(first.Weights).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-6);
    }

    [MpiFact]
    public void The_first_rank_alone_writes_and_all_return_the_model()
    {
        using var folder = new TemporaryFolder();
        var outcomes = Mpirun.RunWell(2, "files", folder.Path);
        var names = Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(["0-checkpoints", "0-epochs.csv", "0-model.zip", "0-report.html", "0-result", "0-result.csv", "0-runs", "rank0.json", "rank1.json"], names);
        Assert.True(int.Parse(outcomes[0].Fits[0].Log[0], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.True(int.Parse(outcomes[0].Fits[0].Log[1], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(["0", "0"], outcomes[1].Fits[0].Log.Take(2));
        Assert.All(outcomes, outcome => Assert.Equal("True", outcome.Fits[0].Log[2]));
    }

    private static (long Step, IncidentKind Kind, GuardReaction Reaction, string? Layer, string Rows) Sorted(Incident incident) =>
        (incident.Step, incident.Kind, incident.Reaction, incident.Layer, string.Join(", ", incident.Rows.Order()));
}
