using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

[Collection(nameof(Alone))]
public sealed class SweepResultTests
{
    [Fact]
    public void Trials_are_told_in_a_table_and_a_file_best_first()
    {
        using var folder = new TemporaryFolder();
        using var result = RingsSweep.Of(new MLContext(1), RingsSweep.Space.Choice("fails", (options, fails) => fails ? throw new InvalidOperationException("said \"no\", twice") : options, false, true))
            .With(Tuner.Random(), trials: 10).Run();
        var path = Path.Combine(folder.Path, "sub", "sweep.csv");
        result.SaveCsv(path);
        var lines = File.ReadAllLines(path);
        var table = result.ToString().Split('\n');

        Assert.Equal("rank,trial,state,accuracy,epochs,seconds,rate,clipper,fails,reason", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.StartsWith(FormattableString.Invariant($"1,{result.Best.Number},completed,{result.Best.Metric:R},4,"), lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",failed,NaN,0," + lines[^1].Split(",failed,NaN,0,")[1], lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(",yes,\"said \"\"no\"\", twice\"", lines[^1], StringComparison.Ordinal);
        Assert.Matches(@"^rank +trial +accuracy +epochs +seconds +rate +clipper +fails$", table[0]);
        Assert.Matches(FormattableString.Invariant($@"^ +1 +{result.Best.Number} +{result.Best.Metric:F4} +4 "), table[1]);
        Assert.Contains("failed: said \"no\", twice", table[10], StringComparison.Ordinal);
        Assert.Equal("All 10 trials were run.", table[^1]);
        Assert.Equal(result.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Metric).OrderDescending(), result.Trials.TakeWhile(trial => trial.State == TrialState.Completed).Select(trial => trial.Metric));
    }

    [Fact]
    public void Without_a_completed_trial_there_is_no_best_one()
    {
        using var result = RingsSweep.Of(new MLContext(1), OptionSpace.Of(RingsSweep.Options).Uniform("x", 0, 1, (_, _) => throw new InvalidOperationException("never"))).WithTrials(2).Run();

        Assert.False(result.HasBest);
        Assert.Null(result.Model);
        var error = Assert.Throws<InvalidOperationException>(() => result.Best);
        Assert.Contains("of 2 none did. never", error.Message, StringComparison.Ordinal);
    }
}
