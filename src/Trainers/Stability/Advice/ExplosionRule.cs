namespace MLNet.GradStability;

/// <summary>Gradients that grew beyond measure in the course of the run.</summary>
internal sealed class ExplosionRule : AdvisorRule
{
    private const double Weight = 0.75;

    public override Finding? Judge(RunFacts facts)
    {
        if (facts.Explosion is { } explosion)
        {
            return Found(
                Weight,
                DiagnosisKind.ExplodingGradients,
                explosion.Layer,
                explosion.Start,
                $"Gradients explode{From(explosion.Layer)} at step {explosion.Start}: {Rise(explosion)}.",
                Numbers(facts, explosion),
                Advice(facts));
        }

        return facts.RollBack is not { } incident ? null : Found(
            Weight,
            DiagnosisKind.ExplodingGradients,
            incident.Layer,
            incident.Step,
            $"The training diverged at step {incident.Step} with a gradient norm of {Words.Number(incident.GradientNorm)}, and was rolled back.",
            [incident.Sentence],
            Advice(facts));
    }

    /// <summary>In words how gradients rose.</summary>
    public static string Rise(Episode explosion)
    {
        var within = explosion.PeakStep > explosion.Start ? $" within {explosion.PeakStep - explosion.Start} steps" : string.Empty;
        return double.IsFinite(explosion.PeakNorm)
            ? $"the norm rose from {Words.Number(explosion.NormBefore)} to {Words.Number(explosion.PeakNorm)}{within}" + (explosion.NonFinite > 0 ? " and beyond all numbers" : string.Empty)
            : $"the norm rose from {Words.Number(explosion.NormBefore)} beyond all numbers";
    }

    public static IEnumerable<string> Numbers(RunFacts facts, Episode explosion)
    {
        var (norm, loss) = (
            double.IsFinite(explosion.PeakNorm) ? $"{Words.Number(explosion.PeakNorm)} at its peak in step {explosion.PeakStep}" : $"not finite from step {explosion.Start} on",
            double.IsFinite(explosion.PeakLoss) ? $"{Words.Number(explosion.PeakLoss)} at its peak" : $"not finite from step {explosion.Start} on");
        yield return $"gradient norm: median {Words.Number(explosion.NormBefore)} before, {norm}";
        yield return $"loss: {Words.Number(explosion.LossBefore)} before, {loss}, {Words.Number(facts.FinalLoss)} at the end of the run";
        if (explosion.NonFinite > 0)
        {
            yield return $"steps whose loss or gradient was not finite: {explosion.NonFinite}";
        }

        var rollBacks = facts.Evidence.Incidents.Count(incident => incident.Reaction == GuardReaction.RolledBack);
        if (rollBacks > 0)
        {
            yield return $"the guard rolled back {rollBacks} times";
        }
    }

    public static string From(string? layer) => layer is null ? string.Empty : $" from layer {layer}";

    private static (string Remedy, string Code) Advice(RunFacts facts) => facts.Options.Gradients is null ? Remedies.Clip : Remedies.Slower(facts.PeakRate, double.NaN);
}
