namespace MLNet.GradStability;

/// <summary>Steps in which a few rows stood out while the network was good for the others: the rows are at fault.</summary>
internal sealed class BadRowsRule : AdvisorRule
{
    private const double Weight = 0.8;

    // Large updates, and an explosion before, make good rows stand out too.
    private const double Unsure = 0.3;
    private const int Named = 8;

    public override Finding? Judge(RunFacts facts)
    {
        if (facts.BadRows is not [var first, ..] steps)
        {
            return null;
        }

        var rows = steps.SelectMany(step => step.Suspects).Distinct().Order().ToList();
        var jump = double.IsFinite(first.FirstLoss)
            ? $"the loss jumps{(double.IsNaN(first.LossBefore) ? string.Empty : $" from {Words.Number(first.LossBefore)}")} to {Words.Number(first.FirstLoss)}"
            : "the loss is not finite";
        var sure = facts.LargestUpdate.Ratio < RateTooHighRule.Large && !(facts.Trouble < first.Start);
        return Found(
            sure ? Weight : Unsure,
            DiagnosisKind.LabelNoise,
            null,
            first.Start,
            $"Bad rows: at step {first.Start}{(steps.Count > 1 ? $", the first of {steps.Count}," : string.Empty)} {jump} because of {Count(first.Suspects.Count)} out of all proportion to the others. "
                + $"Check the labels and features of {Count(rows.Count)}: {string.Join(", ", rows.Take(Named))}{(rows.Count > Named ? ", …" : string.Empty)}.",
            steps.Take(Named).Select(step => $"step {step.Start}: loss {Words.Number(step.FirstLoss)}, of the median row {Words.Number(step.RowLoss)}, of the next step {Words.Number(step.NextLoss)}"),
            facts.Options is { Gradients: not null, Stability: not null } ? Remedies.LargerBatches(facts.Options.BatchSize) : Remedies.GuardAndClip);
    }

    private static string Count(int rows) => rows == 1 ? "a row" : $"{rows} rows";
}
