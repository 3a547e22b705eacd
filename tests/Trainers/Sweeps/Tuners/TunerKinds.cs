namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>Every kind of tuner, by the name of its kind.</summary>
internal static class TunerKinds
{
    public static readonly IReadOnlyDictionary<string, Tuner> All = new Dictionary<string, Tuner>
    {
        ["grid"] = Tuner.Grid(4),
        ["random"] = Tuner.Random(),
        ["tpe"] = Tuner.Tpe(startup: 4, lag: 3),
        ["asha"] = Tuner.Asha(minEpochs: 1),
    };

    public static Tuner Of(string kind) => All[kind];
}
