using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>A line of a sweep's journal: a trial that ended.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Point">The value of each parameter: the number of a range, the index of a choice, null where it did not count.</param>
/// <param name="Values">The same for people: choices as what they stand for.</param>
/// <param name="State">How it ended.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Reason">Why it did not run to its end.</param>
/// <param name="Seconds">Time taken.</param>
/// <param name="Folds">The metric of each fold.</param>
/// <param name="Curve">The learning curve.</param>
/// <param name="HigherIsBetter">Whether a higher metric of the curve is better.</param>
internal sealed record JournalTrial(
    int Trial,
    IReadOnlyList<double?> Point,
    JsonObject Values,
    TrialState State,
    double Metric,
    string? Reason,
    double Seconds,
    IReadOnlyList<double> Folds,
    IReadOnlyList<TrialEpoch> Curve,
    bool HigherIsBetter);
