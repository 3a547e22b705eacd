namespace MLNet.GradStability;

/// <summary>Where a sweep stands.</summary>
/// <typeparam name="TOptions">The options searched.</typeparam>
/// <param name="MetricName">Name of the metric.</param>
/// <param name="Ended">The trials that ended, best first, as in <see cref="SweepResult{TOptions}.Trials"/>.</param>
/// <param name="Running">The trials in progress, by number.</param>
/// <param name="Trials">Trials in all.</param>
/// <param name="Elapsed">Time since the run began.</param>
public sealed record SweepProgress<TOptions>(
    string MetricName, IReadOnlyList<SweepTrial<TOptions>> Ended, IReadOnlyList<RunningTrial> Running, int Trials, TimeSpan Elapsed);

/// <summary>A trial in progress.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Values">Its values.</param>
/// <param name="Last">Its last epoch; null before the first has ended, or when the trainer is not watched.</param>
public sealed record RunningTrial(int Number, IReadOnlyList<TrialValue> Values, TrialEpoch? Last);
