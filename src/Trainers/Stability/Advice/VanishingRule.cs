namespace MLNet.GradStability;

/// <summary>First layers that next to no gradient reaches.</summary>
internal sealed class VanishingRule : AdvisorRule
{
    private const double Weight = 0.74;
    private const double Harmless = 0.4;
    private const double Learned = 0.5;

    public override Finding? Judge(RunFacts facts)
    {
        if (!facts.Vanishes || DeadUnitsRule.FirstDead(facts) is not null)
        {
            return null;
        }

        var sample = facts.Samples.First(sample => LayerHealth.Vanishing(sample.Layers) is not null);
        var layers = RunFacts.Trained(sample).ToList();
        var below = LayerHealth.Vanishing(sample.Layers)!;
        return Found(
            facts.Remaining > Learned ? Weight : Harmless,
            DiagnosisKind.VanishingGradients,
            below,
            sample.Step,
            $"Gradients vanish below layer {below}: the norm falls from {Words.Number(layers[^1].GradientNorm)} in {layers[^1].Layer} to {Words.Number(layers[0].GradientNorm)} in {layers[0].Layer}, so that the first layers do not learn.",
            [
                $"layers with less than a thousandth of the largest gradient: {layers.TakeWhile(layer => layer.Layer != below).Count()} of {layers.Count}",
                $"loss at the end: {Words.Number(facts.Remaining)} times that of a constant prediction",
            ],
            Advice(facts));
    }

    private static (string Remedy, string Code) Advice(RunFacts facts)
    {
        if (facts.Saturates)
        {
            return Remedies.ReluAndIsometric;
        }

        return facts.Options.Initializer is IsometricInitializer or OrthogonalInitializer ? Remedies.Residual : Remedies.Isometric;
    }
}
