namespace MLNet.GradStability;

/// <summary>A network that knows no more than a constant, for no other reason found.</summary>
internal sealed class NotLearningRule : AdvisorRule
{
    private const double Weight = 0.5;

    // A network may need as many steps, half of them in the warm-up, before its loss is below that of a constant.
    private const int FewestSteps = 100;

    // The share that the guard calls nothing.
    private const double Nothing = 0.97;

    // A network that once was below this share had learned something.
    private const double Learned = 0.6;

    public override Finding? Judge(RunFacts facts)
    {
        if (facts.Series.Steps < FewestSteps || facts.Remaining < Nothing)
        {
            return null;
        }

        var lost = facts.LowestLoss < Learned * facts.Scale;
        var since = lost ? facts.Series.Episodes.LastOrDefault(episode => !episode.IsOver) : null;
        return Found(
            Weight,
            DiagnosisKind.NotLearning,
            since?.Layer,
            since?.Start,
            (lost ? $"The network lost what it had learned{(since is null ? string.Empty : $" at step {since.Start}")}: " : "The network has learned nothing: ")
                + $"its loss of {Words.Number(facts.FinalLoss)} is {Words.Number(facts.Remaining)} times that of a constant prediction.",
            [
                $"loss of a constant prediction: {Words.Number(facts.Scale)}",
                $"lowest loss of the run: {Words.Number(facts.LowestLoss)}",
            ],
            Remedies.Defaults);
    }
}
