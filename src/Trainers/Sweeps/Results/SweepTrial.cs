namespace MLNet.GradStability;

/// <summary>What one trial of a sweep came to.</summary>
/// <typeparam name="TOptions">The options searched.</typeparam>
/// <param name="Number">Its number, from 1, in the order in which trials were chosen.</param>
/// <param name="Options">The options tried; null when making them failed.</param>
/// <param name="Values">The parameters that counted, in the order of the space.</param>
/// <param name="State">How it ended.</param>
/// <param name="Metric">The metric of the sweep, the mean over folds where there are several; NaN when it was not measured.</param>
/// <param name="Reason">Why it did not run to its end; null when it did.</param>
/// <param name="Duration">Time taken.</param>
public sealed record SweepTrial<TOptions>(
    int Number, TOptions? Options, IReadOnlyList<TrialValue> Values, TrialState State, double Metric, string? Reason, TimeSpan Duration)
{
    /// <summary>The metric of each fold; empty without cross-validation.</summary>
    public IReadOnlyList<double> FoldMetrics { get; init; } = [];

    /// <summary>The learning curve, that of the first fold in cross-validation; empty when the trainer was not watched.</summary>
    public IReadOnlyList<TrialEpoch> Curve { get; init; } = [];

    /// <summary>Epochs trained, in the first fold in cross-validation; 0 when the trainer was not watched.</summary>
    public int Epochs => Curve.Count == 0 ? 0 : Curve[^1].Epoch;

    internal TrialPoint? Point { get; init; }
}
