namespace MLNet.GradStability;

/// <summary>What a tuner learns of a trial.</summary>
/// <param name="Point">Its values.</param>
/// <param name="State">How it ended.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Loss">Its metric, less being better; infinite when it has none.</param>
internal sealed record TrialOutcome(TrialPoint Point, TrialState State, int Epochs, double Loss)
{
    /// <summary>The best first; those stopped early after all that completed, the farther first.</summary>
    public static IOrderedEnumerable<TrialOutcome> Ranked(IEnumerable<TrialOutcome> outcomes) => outcomes
        .OrderBy(outcome => outcome.State)
        .ThenByDescending(outcome => outcome.State == TrialState.Completed ? 0 : outcome.Epochs)
        .ThenBy(outcome => outcome.Loss);
}
