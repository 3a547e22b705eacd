using MLNet.GradStability;

namespace Samples.Cli;

internal static class Normalizations
{
    public static readonly KindTable<Normalization> Table = new("normalizations", "--normalization",
    [
        new("batch", "momentum=0.1", "each unit over the rows of the batch", a => Normalization.Batch(a.Number("momentum"))),
        new("layer", "", "each row over all units", _ => Normalization.Layer()),
        new("group", "groups", "each row over groups of units", a => Normalization.Group(a.Integer("groups"))),
    ])
    { NoneMeaning = "no normalisation (default)" };
}
