using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>All that a sweep can search.</summary>
internal static class SearchTerms
{
    // That of the library's default network.
    private const double UsualDropout = 0.1;

    // That of classes of one size.
    private const double UsualSmoothing = 0.03;

    public static readonly IReadOnlyList<SearchTerm> All =
    [
        SearchTerm.Number("rate", logarithmic: true, draft => draft.Rate ?? draft.Optimizer.UsualRate, (draft, rate) => draft with { Rate = rate }),
        SearchTerm.Number("dropout", logarithmic: false, draft => draft.Dropout ?? UsualDropout, (draft, dropout) => draft with { Dropout = dropout }),
        SearchTerm.Number("l1", logarithmic: true, draft => draft.L1, (draft, lambda) => draft with { L1 = lambda }),
        SearchTerm.Number("l2", logarithmic: true, draft => draft.L2, (draft, lambda) => draft with { L2 = lambda }),
        SearchTerm.Number("label-smoothing", logarithmic: false, draft => draft.Rest.LabelSmoothing ?? UsualSmoothing, (draft, share) => draft with { Rest = draft.Rest with { LabelSmoothing = share } }),
        SearchTerm.Integer("batch", draft => draft.Rest.BatchSize, (draft, size) => draft with { Rest = draft.Rest with { BatchSize = size } }),
        SearchTerm.Integer("epochs", draft => draft.Rest.Epochs, (draft, epochs) => draft with { Rest = draft.Rest with { Epochs = epochs } }),
        SearchTerm.Kind(Networks.Table, (draft, network) => draft with { Network = network! }),
        SearchTerm.Kind(Activations.Table, (draft, activation) => draft with { Activation = activation }),
        SearchTerm.Kind(Normalizations.Table, (draft, normalization) => draft with { Normalization = normalization }),
        SearchTerm.Kind(Initializers.Table, (draft, initializer) => draft with { Rest = draft.Rest with { Initializer = initializer! } }),
        SearchTerm.Kind(Clips.Table, (draft, clip) => draft with { Rest = draft.Rest with { Gradients = clip } }),
        SearchTerm.Kind(Optimizers.Table, (draft, optimizer) => draft with { Optimizer = optimizer! }),
        SearchTerm.Kind(Schedules.Table, (draft, schedule) => draft with { Schedule = schedule! }),
        SearchTerm.Kind(Averagings.Table, (draft, averaging) => draft with { Rest = draft.Rest with { Averaging = averaging } }),
        SearchTerm.Kind(Scalings.Table, (draft, scaling) => draft with { Rest = draft.Rest with { InputScaling = scaling } }),
    ];

    /// <summary>What is searched when nothing is said.</summary>
    public static readonly IReadOnlyList<string> Usual = ["rate=1e-4..3e-2", "clip=1/agc/none", "network=mlp:256,128/mlp:64,64/mlp:32", "dropout=0..0.4"];

    public static string Names => string.Join(", ", All.Select(term => term.Name));

    /// <summary>The space around a draft.</summary>
    /// <exception cref="FormatException">Something cannot be searched so.</exception>
    /// <exception cref="ArgumentException">A range or choice is none, or is there twice.</exception>
    public static OptionSpace<TrainingDraft> Space(TrainingDraft draft, IEnumerable<string> searched) =>
        searched.Aggregate(OptionSpace.Of(draft), (space, text) =>
        {
            var (name, values) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, string.Empty);
            var term = All.FirstOrDefault(term => term.Name == name)
                ?? throw new FormatException($"--search must be name=values; there is no \"{name}\" to search{Closest.Hint(name, All.Select(term => term.Name))} There are: {Names}.");
            return values.Length > 0
                ? term.Add(space, draft, values)
                : throw new FormatException($"--search {name} must have values; got \"{text}\". It is written {name}={term.Usage}.");
        });
}
