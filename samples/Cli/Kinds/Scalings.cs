using MLNet.GradStability;

namespace Samples.Cli;

internal static class Scalings
{
    public static readonly KindTable<InputScaling> Table = new("scalings", "--scaling",
    [
        new("robust", "limit=3", "by median and quantiles, large values bent to the limit (default)", a => InputScaling.Robust(a.Number("limit"))),
        new("standardize", "limit=10", "mean 0, deviation 1, cut off at the limit", a => InputScaling.Standardize(a.Number("limit"))),
    ])
    { NoneMeaning = "features as they are" };
}
