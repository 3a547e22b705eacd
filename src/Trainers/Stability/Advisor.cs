namespace MLNet.GradStability;

/// <summary>Judges a run: every rule looks for one illness, and the weightiest finding is the verdict.</summary>
internal static class Advisor
{
    private static readonly AdvisorRule[] Rules =
    [
        new ScaleRule(), new StartRule(), new RateTooHighRule(), new BadRowsRule(), new ExplosionRule(),
        new VanishingRule(), new DeadUnitsRule(), new RateTooLowRule(), new OverfittingRule(),
    ];

    public static Diagnosis Judge(RunEvidence evidence)
    {
        var facts = new RunFacts(evidence);
        var findings = Rules.Select(rule => rule.Judge(facts)).OfType<Finding>().OrderByDescending(finding => finding.Weight).ToList();
        if (findings.FirstOrDefault() is { Weight: >= Finding.Serious } worst)
        {
            return worst.Verdict with { Others = [.. findings.Skip(1).Select(finding => finding.Verdict)] };
        }

        // That nothing was learned is a verdict only where nothing says why.
        return (new NotLearningRule().Judge(facts)?.Verdict ?? Healthy(facts)) with { Others = [.. findings.Select(finding => finding.Verdict)] };
    }

    private static Diagnosis Healthy(RunFacts facts)
    {
        var ratio = RunFacts.Median(facts.Samples.Select(RunFacts.UpdateRatio));
        var reach = RunFacts.Median(facts.Samples.Select(Reach));
        var (remedy, code) = Remedies.None;
        return new Diagnosis(
            DiagnosisKind.Healthy,
            null,
            null,
            $"Healthy: the loss went from {Words.Number(facts.Series.FirstLoss)} to {Words.Number(facts.FinalLoss)}, with gradients that reach every layer.",
            [
                $"loss of a constant prediction: {Words.Number(facts.Scale)}",
                $"update ratio: median {Words.Number(ratio)}; 1e-3 is usual",
                $"smallest gradient norm of a layer against the largest: median {Words.Number(reach)}",
            ],
            remedy,
            code,
            []);
    }

    private static double Reach(NetworkSample sample)
    {
        var norms = RunFacts.Trained(sample).Select(layer => layer.GradientNorm).ToList();
        return norms.Count == 0 ? double.NaN : norms.Min() / norms.Max();
    }
}
