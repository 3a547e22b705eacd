namespace Samples.Cli;

/// <summary>The tables of all nouns.</summary>
internal static class AllKinds
{
    public static readonly IReadOnlyList<IKindTable> Tables =
    [
        Networks.Table, Activations.Table, Normalizations.Table, Initializers.Table, Clips.Table, Optimizers.Table, Schedules.Table,
        Averagings.Table, Losses.Table, Scalings.Table,
    ];
}
