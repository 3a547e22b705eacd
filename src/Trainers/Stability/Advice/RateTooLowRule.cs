namespace MLNet.GradStability;

/// <summary>Updates that together could not get the weights anywhere.</summary>
internal sealed class RateTooLowRule : AdvisorRule
{
    private const double Weight = 0.65;

    // A run of fewer steps is a trial.
    private const int FewestSteps = 30;

    // All updates of the run one after the other, against the weights. Runs that learn travel 0.3 and more.
    private const double ShortTravel = 0.05;
    private const double Learned = 0.5;
    private const double HardlyFallen = 0.8;

    public override Finding? Judge(RunFacts facts)
    {
        var ratio = RunFacts.Median(facts.Samples.Select(RunFacts.UpdateRatio));
        var travel = Travel(facts);
        if (facts.Vanishes || facts.Trouble is not null || facts.Series.Steps < FewestSteps || !(travel < ShortTravel) || facts.Remaining < Learned || facts.FinalLoss < HardlyFallen * facts.Series.FirstLoss)
        {
            return null;
        }

        return Found(
            Weight,
            DiagnosisKind.LearningRateTooLow,
            null,
            null,
            $"The learning rate is too low for a run of {facts.Series.Steps} steps: all updates together move the layers by no more than {Words.Percent(travel)} of their size, and the loss went from {Words.Number(facts.Series.FirstLoss)} to {Words.Number(facts.FinalLoss)}.",
            [
                $"update ratio: median {Words.Number(ratio)}; 1e-3 is usual",
                $"highest rate: {Words.Number(facts.PeakRate)}",
            ],
            Remedies.Faster(facts.PeakRate, ratio));
    }

    private static double Travel(RunFacts facts)
    {
        var travel = 0.0;
        for (var i = 0; i < facts.Samples.Count; i++)
        {
            var next = i + 1 < facts.Samples.Count ? facts.Samples[i + 1].Step : facts.Series.Steps;
            travel += RunFacts.UpdateRatio(facts.Samples[i]) * (next - facts.Samples[i].Step);
        }

        return facts.Samples.Count == 0 ? double.NaN : travel;
    }
}
