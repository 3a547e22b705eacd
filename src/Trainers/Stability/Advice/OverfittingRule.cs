namespace MLNet.GradStability;

/// <summary>A validation loss that rose again while the training loss kept falling.</summary>
internal sealed class OverfittingRule : AdvisorRule
{
    private const double Weight = 0.6;

    // Confident networks let the loss of a few rows rise a little without harm to the rest.
    private const double Risen = 1.25;
    private const double RisenShare = 0.1;
    private const double Gap = 2;

    public override Finding? Judge(RunFacts facts)
    {
        var epochs = facts.Evidence.Epochs.Where(epoch => double.IsFinite(epoch.ValidationLoss)).ToList();
        if (epochs.Count < 3)
        {
            return null;
        }

        var best = epochs.MinBy(epoch => epoch.ValidationLoss)!;
        var last = epochs[^1];
        if (last.ValidationLoss < Risen * best.ValidationLoss
            || last.ValidationLoss - best.ValidationLoss < RisenShare * facts.Scale
            || last.ValidationLoss < Gap * last.Loss
            || last.Loss > best.Loss)
        {
            return null;
        }

        return Found(
            Weight,
            DiagnosisKind.Overfitting,
            null,
            facts.Series.Steps * best.Epoch / last.Epoch,
            $"The network overfits after epoch {best.Epoch}: the validation loss rose from {Words.Number(best.ValidationLoss)} to {Words.Number(last.ValidationLoss)} while the training loss fell from {Words.Number(best.Loss)} to {Words.Number(last.Loss)}.",
            [
                $"best validation loss: {Words.Number(best.ValidationLoss)} in epoch {best.Epoch} of {last.Epoch}",
                $"validation loss at the end: {Words.Number(last.ValidationLoss / last.Loss)} times the training loss",
            ],
            facts.Options.EarlyStopping is null ? Remedies.StopEarly : Remedies.Regularize);
    }
}
