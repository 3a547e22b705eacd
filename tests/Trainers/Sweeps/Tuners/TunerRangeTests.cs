namespace MLNet.GradStability.Tests.Sweeps;

public sealed class TunerRangeTests
{
    [Fact]
    public void Numbers_out_of_range_are_told_with_the_range()
    {
        Assert.Contains("steps must be 1 or greater; got 0", Message(() => Tuner.Grid(0)), StringComparison.Ordinal);
        Assert.Contains("startup must be 2 or greater; got 1", Message(() => Tuner.Tpe(startup: 1)), StringComparison.Ordinal);
        Assert.Contains("gamma must be above 0 and below 1; got 1", Message(() => Tuner.Tpe(gamma: 1)), StringComparison.Ordinal);
        Assert.Contains("candidates must be 1 or greater", Message(() => Tuner.Tpe(candidates: 0)), StringComparison.Ordinal);
        Assert.Contains("lag must be 1 or greater", Message(() => Tuner.Tpe(lag: 0)), StringComparison.Ordinal);
        Assert.Contains("eta must be 2 or greater; got 1", Message(() => Tuner.Asha(eta: 1)), StringComparison.Ordinal);
        Assert.Contains("minEpochs must be 1 or greater", Message(() => Tuner.Asha(minEpochs: 0)), StringComparison.Ordinal);
        Assert.Contains("be a number on validation rows", Message(() => Tuner.Asha(monitor: Monitored.TrainingLoss)), StringComparison.Ordinal);
        Assert.Contains("got another Tuner.Asha", Message(() => Tuner.Asha(Tuner.Asha())), StringComparison.Ordinal);
    }

    private static string Message(Func<Tuner> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
}
