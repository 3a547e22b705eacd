namespace MLNet.GradStability;

/// <summary>The trials and the space of a sweep as tables.</summary>
internal static class SweepTables
{
    /// <summary>The completed trials, the best first.</summary>
    public static TableSection Ranked(SweepFacts sweep)
    {
        var completed = sweep.Trials.Where(trial => trial.State == TrialState.Completed).ToList();
        return new TableSection(
            "Trials",
            "Completed trials, the best first.",
            new DataTable(
                ["rank", "trial", sweep.Metric.Name, "epochs", "time", .. sweep.Parameters.Select(parameter => parameter.Name)],
                [.. completed.Select((trial, i) => (IReadOnlyList<string>)
                [
                    Figures.Count(i + 1), Figures.Count(trial.Number), Figures.Number(trial.Metric), trial.Epochs == 0 ? "–" : Figures.Count(trial.Epochs), Figures.Time(trial.Duration), .. Values(sweep, trial),
                ])])
            {
                Texts = new HashSet<int>(Enumerable.Range(5, sweep.Parameters.Count)),
            });
    }

    /// <summary>The others, with the reason of each.</summary>
    public static TableSection NotCompleted(SweepFacts sweep) => new(
        "Trials that did not complete",
        "None of them can be the best.",
        new DataTable(
            ["trial", "state", "reason", "epochs", "time", .. sweep.Parameters.Select(parameter => parameter.Name)],
            [.. sweep.Trials.Where(trial => trial.State != TrialState.Completed).Select(trial => (IReadOnlyList<string>)
            [
                Figures.Count(trial.Number), $"{trial.State}".ToLowerInvariant(), trial.Reason ?? string.Empty, trial.Epochs == 0 ? "–" : Figures.Count(trial.Epochs), Figures.Time(trial.Duration), .. Values(sweep, trial),
            ])])
        {
            Texts = new HashSet<int>([1, 2, .. Enumerable.Range(5, sweep.Parameters.Count)]),
        });

    /// <summary>What was searched.</summary>
    public static FactsSection Space(SweepFacts sweep) => new(
        "Space", "What was searched.", [.. sweep.Parameters.Select(parameter => new Fact(parameter.Name, Bounds(parameter) + (parameter.Condition is null ? string.Empty : $", when {parameter.Condition}")))]);

    private static string Bounds(SweepParameter parameter) => parameter.Scale == SweepScale.Choice
        ? string.Join(" | ", parameter.Choices)
        : $"{parameter.Text(parameter.Minimum)} to {parameter.Text(parameter.Maximum)}{(parameter.IsInteger ? ", whole numbers" : string.Empty)}{(parameter.Scale == SweepScale.LogUniform ? ", by its logarithm" : string.Empty)}";

    private static IEnumerable<string> Values(SweepFacts sweep, SweepTrial<object> trial) =>
        sweep.Parameters.Select(parameter => trial.Values.FirstOrDefault(value => value.Parameter == parameter)?.Text ?? "–");
}
