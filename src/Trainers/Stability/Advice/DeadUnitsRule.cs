namespace MLNet.GradStability;

/// <summary>A layer whose units are dead, in a network that does not learn.</summary>
internal sealed class DeadUnitsRule : AdvisorRule
{
    private const double Weight = 0.72;
    private const double Harmless = 0.35;

    // Healthy networks have up to 0.5 in their deep layers.
    private const double ManyDead = 0.75;
    private const double Learned = 0.2;

    // Dead units in front of which the signal has vanished are no cause.
    private const double NoSignal = 1e-3;

    public override Finding? Judge(RunFacts facts)
    {
        if (FirstDead(facts) is not var (layer, share, step))
        {
            return null;
        }

        return Found(
            facts.Remaining > Learned ? Weight : Harmless,
            DiagnosisKind.DeadUnits,
            layer,
            step,
            facts.Saturates
                ? $"Units of layer {layer} are saturated from step {step}: {Words.Percent(share)} of their outputs lie at a bound of their range."
                : $"Units of layer {layer} are dead from step {step}: {Words.Percent(share)} of them give the same number whatever the input.",
            [
                $"dead share of {layer}: {Words.Percent(share)} on average over the last third of the run",
                $"loss at the end: {Words.Number(facts.Remaining)} times that of a constant prediction",
            ],
            facts.Saturates ? Remedies.ReluAndIsometric : Remedies.LeakyRelu);
    }

    /// <summary>The first layer that is dead at the end of the run, with its share and since when; null when none is, or the signal vanishes before it.</summary>
    public static (string Layer, double Share, long Step)? FirstDead(RunFacts facts)
    {
        if (facts.Samples.Count == 0)
        {
            return null;
        }

        foreach (var layer in facts.Samples[0].Layers.Where(layer => !double.IsNaN(layer.DeadShare)).Select(layer => layer.Layer))
        {
            var share = facts.LateSamples.Average(sample => Of(sample).DeadShare);
            if (share >= ManyDead)
            {
                var since = facts.Samples.First(sample => Of(sample).DeadShare >= ManyDead);
                return SignalReaches(layer, since) ? (layer, share, since.Step) : null;
            }

            LayerSample Of(NetworkSample sample) => sample.Layers.First(each => each.Layer == layer);
        }

        return null;
    }

    private static bool SignalReaches(string layer, NetworkSample sample)
    {
        var before = sample.Layers.TakeWhile(each => each.Layer != layer).Where(each => double.IsFinite(each.GradientNorm) && double.IsFinite(each.ActivationDeviation)).ToList();
        return before.Count == 0 || before[^1].ActivationDeviation > NoSignal * before[0].ActivationDeviation;
    }
}
