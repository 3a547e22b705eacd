using MLNet.GradStability;

namespace Samples.Cli;

internal static class Averagings
{
    public static readonly KindTable<WeightAveraging> Table = new("averagings", "--averaging",
    [
        new("ema", "decay=0.999", "a moving average over the steps", a => WeightAveraging.Ema(a.Number("decay"))),
        new("swa", "start=0.75", "the mean over the last epochs, from a share of the run on", a => WeightAveraging.Swa(a.Number("start"))),
    ])
    { NoneMeaning = "the last weights (default)" };
}
