using MLNet.GradStability;

namespace Samples.Cli;

internal static class Losses
{
    public static readonly KindTable<RegressionLoss> Table = new("losses", "--loss",
    [
        new("adaptive", "", "mse, or huber where the labels are heavy-tailed (default)", _ => RegressionLoss.Adaptive()),
        new("mse", "", "the squared error: predicts means", _ => RegressionLoss.Mse()),
        new("huber", "delta=3", "the squared error up to delta, a line beyond", a => RegressionLoss.Huber(a.Number("delta"))),
        new("mae", "", "the absolute error: predicts medians", _ => RegressionLoss.Mae()),
    ]);
}
