namespace MLNet.GradStability;

/// <summary>Updates that are large beside the weights, where the run came to grief.</summary>
internal sealed class RateTooHighRule : AdvisorRule
{
    private const double Weight = 0.85;

    // Healthy updates are 1e-4 to 1e-2 of the weights; 0.06 is what Adam's first step at ten times its usual rate makes, and trains.
    public const double Large = 0.07;
    private const double VeryLarge = 0.2;
    private const double Learned = 0.5;

    public override Finding? Judge(RunFacts facts)
    {
        var (step, ratio) = facts.LargestUpdate;
        if (!(ratio >= Large && (facts.Trouble is not null || facts.Spikes.Count > 0)) && !(ratio >= VeryLarge && facts.Remaining > Learned))
        {
            return null;
        }

        return Found(
            Weight,
            DiagnosisKind.LearningRateTooHigh,
            facts.Explosion?.Layer,
            facts.Trouble ?? step,
            $"The learning rate is too high: one update moves the layers by {Words.Percent(ratio)} of their size, and {Consequence(facts)}.",
            [
                $"update ratio: {Words.Number(ratio)} at a rate of {Words.Number(facts.PeakRate)}; 1e-3 is usual",
                .. facts.Explosion is { } found ? ExplosionRule.Numbers(facts, found) : [],
            ],
            Remedies.Slower(facts.PeakRate, ratio));
    }

    private static string Consequence(RunFacts facts) => facts switch
    {
        { Explosion: { } explosion } => $"gradients explode{ExplosionRule.From(explosion.Layer)} at step {explosion.Start}: {ExplosionRule.Rise(explosion)}",
        { RollBack: { } incident } => $"the training diverged at step {incident.Step}",
        { Spikes: [var first, ..] } => $"the loss jumps, first from {Words.Number(first.LossBefore)} to {Words.Number(first.FirstLoss)} at step {first.Start}",
        _ => $"the loss ends at {Words.Number(facts.Remaining)} times that of a constant prediction",
    };
}
