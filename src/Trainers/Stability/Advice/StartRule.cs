using System.Globalization;

namespace MLNet.GradStability;

/// <summary>First weights through which the signal explodes or vanishes, whether or not the guard drew them anew.</summary>
internal sealed class StartRule : AdvisorRule
{
    private const double Weight = 0.9;
    private const double Harmless = 0.4;

    // Layers of a healthy start differ in the size of their outputs by less than ten.
    private const double Growth = 100;
    private const double GrowthNamed = 10;
    private const double FirstLossRatio = 10;
    private const double Learned = 0.5;

    public override Finding? Judge(RunFacts facts) => OfIncident(facts) ?? OfFirstSample(facts);

    private static Finding? OfIncident(RunFacts facts)
    {
        if (facts.Evidence.Incidents.FirstOrDefault(incident => incident.Kind == IncidentKind.UntrainableStart) is not { } start)
        {
            return null;
        }

        var repaired = start.Reaction == GuardReaction.Repaired;
        var (kind, layer, what) = start.SignalRatio switch
        {
            // Weights that are merely small let a little through, layer by layer.
            0 => (DiagnosisKind.DeadUnits, DeadBefore(facts, start.Layer!), "Units of layer {0} are dead with the weights as initialised: they give the same number whatever the input."),
            < 1 => (DiagnosisKind.VanishingGradients, start.Layer!, "Gradients vanish below layer {0} with the weights as initialised: on the way there the signal shrinks to {1} of its size."),
            _ => (DiagnosisKind.ExplodingGradients, start.Layer!, "Gradients explode from layer {0} with the weights as initialised: on the way there the signal grows to {1} times its size."),
        };
        var sentence = string.Format(CultureInfo.InvariantCulture, what, layer, Words.Number(start.SignalRatio));
        return Found(
            repaired || facts.Remaining > Learned ? Weight : Harmless,
            kind,
            layer,
            0,
            sentence + (repaired ? " The guard drew the weights anew before the first step." : " The default initialiser does not cure it."),
            [start.Sentence],
            repaired ? Remedies.Isometric : facts.Depth > 2 ? Remedies.Residual : Remedies.Defaults);
    }

    private static string DeadBefore(RunFacts facts, string layer) => facts.Samples.Count == 0
        ? layer
        : facts.Samples[0].Layers.TakeWhile(each => each.Layer != layer).LastOrDefault(each => !double.IsNaN(each.DeadShare))?.Layer ?? layer;

    private static Finding? OfFirstSample(RunFacts facts)
    {
        if (facts.Samples.Count == 0 || !(facts.Samples[0].Loss > FirstLossRatio * facts.Scale))
        {
            return null;
        }

        var layers = RunFacts.Trained(facts.Samples[0]).Where(layer => double.IsFinite(layer.ActivationDeviation)).ToList();
        var largest = layers.MaxBy(layer => layer.ActivationDeviation);
        if (largest is null || !(largest.ActivationDeviation > Growth * layers[0].ActivationDeviation))
        {
            return null;
        }

        var from = layers.First(layer => layer.ActivationDeviation > GrowthNamed * layers[0].ActivationDeviation);
        var growth = largest.ActivationDeviation / layers[0].ActivationDeviation;
        return Found(
            facts.Remaining > Learned || facts.Explosion is not null ? Weight : Harmless,
            DiagnosisKind.ExplodingGradients,
            from.Layer,
            facts.Samples[0].Step,
            $"Gradients explode from layer {from.Layer} at step {facts.Samples[0].Step}: the first weights make the signal grow {Words.Number(growth)} times from {layers[0].Layer} to {largest.Layer}, "
                + $"and the gradient norm starts at {Words.Number(facts.Samples[0].GradientNorm)}.",
            [
                $"deviation of the outputs: {Words.Number(layers[0].ActivationDeviation)} in {layers[0].Layer}, {Words.Number(largest.ActivationDeviation)} in {largest.Layer}",
                $"first loss: {Words.Number(facts.Samples[0].Loss / facts.Scale)} times that of a constant prediction; at the end: {Words.Number(facts.Remaining)} times",
            ],
            Remedies.Isometric);
    }
}
