namespace MLNet.GradStability;

/// <summary>What a sweep found, whatever the type of its options.</summary>
/// <param name="Metric">What trials were judged by.</param>
/// <param name="Parameters">The parameters searched.</param>
/// <param name="Trials">All trials, the best first; their options are left out.</param>
/// <param name="Importance">What each parameter explains.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Duration">Time taken.</param>
internal sealed record SweepFacts(
    SweepMetric Metric,
    IReadOnlyList<SweepParameter> Parameters,
    IReadOnlyList<SweepTrial<object>> Trials,
    IReadOnlyList<OptionImportance> Importance,
    string Ending,
    TimeSpan Duration)
{
    public static SweepFacts Of<TOptions>(SweepResult<TOptions> result)
        where TOptions : notnull => new(
        result.Sweep.Metric,
        result.Parameters,
        [.. result.Trials.Select(trial => new SweepTrial<object>(trial.Number, null, trial.Values, trial.State, trial.Metric, trial.Reason, trial.Duration) { Curve = trial.Curve })],
        result.Importance,
        result.Ending,
        result.Duration);

    /// <summary>The best trial; null when none completed.</summary>
    public SweepTrial<object>? Best => Trials is [{ State: TrialState.Completed }, ..] ? Trials[0] : null;

    /// <summary>A trial in a few lines.</summary>
    public string Describe(SweepTrial<object> trial)
    {
        var metric = double.IsNaN(trial.Metric) ? SpacedName.Of($"{trial.State}") : $"{Metric.Name} {Figures.Number(trial.Metric)}{(trial.State == TrialState.Completed ? string.Empty : $", {trial.State}".ToLowerInvariant())}";
        return string.Join('\n', new[] { $"trial {Figures.Count(trial.Number)}: {metric}" }.Concat(trial.Values.Select(value => $"{value.Parameter.Name} {value.Text}")));
    }
}
