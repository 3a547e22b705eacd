namespace MLNet.GradStability;

/// <summary>Features far from the size that first weights are made for, where that did harm.</summary>
internal sealed class ScaleRule : AdvisorRule
{
    private const double Weight = 0.95;
    private const double Harmless = 0.3;

    // Standardised features have a root mean square of 1, rare ones up to 30 in a small batch.
    private const double Large = 100;
    private const double Small = 1e-2;

    // Raw features of ten and more saturate tanh and sigmoid.
    private const double LargeForSaturation = 5;
    private const double Saturated = 0.6;

    // A network starts with a loss of one to a few times that of a constant prediction.
    private const double FirstLossRatio = 10;

    // Harm is done where that loss is not overcome in the first quarter of the run, or kills units on the way.
    private const double LongWorse = 0.25;
    private const double Learned = 0.2;

    public override Finding? Judge(RunFacts facts)
    {
        var largest = RunFacts.Median(facts.Samples.Select(sample => sample.LargestInput));
        var typical = RunFacts.Median(facts.Samples.Select(sample => sample.TypicalInput));
        var saturated = facts.Samples.Count == 0 ? double.NaN : facts.Samples[0].Layers.FirstOrDefault(layer => !double.IsNaN(layer.DeadShare))?.DeadShare ?? double.NaN;
        var firstLoss = facts.Series.FirstLoss / facts.Scale;
        var exploded = largest > Large && !(firstLoss < FirstLossRatio);
        if (!exploded && !(largest > LargeForSaturation && saturated >= Saturated && facts.Remaining > Learned) && !(largest < Small && facts.Remaining > 0.9))
        {
            return null;
        }

        var size = typical > 0 && largest / typical > Large
            ? $"one feature has a size of {Words.Number(largest)} where {Words.Number(typical)} is usual"
            : $"features have a size of up to {Words.Number(largest)}";
        return Found(
            exploded && facts.Trouble is null && facts.ShareWorse < LongWorse && DeadUnitsRule.FirstDead(facts) is null ? Harmless : Weight,
            DiagnosisKind.UnscaledData,
            null,
            0,
            $"The data is not scaled: {size}, and first weights are made for features of about 1.",
            [
                $"largest root mean square of a feature: {Words.Number(largest)}; median over the features: {Words.Number(typical)}",
                $"steps with a loss above that of a constant prediction: {Words.Percent(facts.ShareWorse)}",
                $"first loss: {Words.Number(firstLoss)} times that of a constant prediction; at the end: {Words.Number(facts.Remaining)} times",
                .. double.IsNaN(saturated) ? Array.Empty<string>() : [$"share of the first activation that does not answer to the input: {Words.Percent(saturated)}"],
            ],
            Remedies.ScaleInputs);
    }
}
