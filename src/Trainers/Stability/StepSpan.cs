namespace MLNet.GradStability;

/// <summary>Some steps in a row, summed up.</summary>
/// <param name="First">The first step.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Finite">How many of them had a finite loss and gradient; the other numbers are about these.</param>
/// <param name="LossSum">Sum of their losses.</param>
/// <param name="NormSum">Sum of their gradient norms.</param>
/// <param name="HighestLoss">Their highest loss; −∞ when there is none.</param>
/// <param name="HighestNorm">Their highest gradient norm; −∞ when there is none.</param>
internal readonly record struct StepSpan(long First, long Count, long Finite, double LossSum, double NormSum, double HighestLoss, double HighestNorm)
{
    public static StepSpan Of(long step, double loss, double norm) => double.IsFinite(loss) && double.IsFinite(norm)
        ? new(step, 1, 1, loss, norm, loss, norm)
        : new(step, 1, 0, 0, 0, double.NegativeInfinity, double.NegativeInfinity);

    public static StepSpan operator +(StepSpan a, StepSpan b) => new(
        a.First, a.Count + b.Count, a.Finite + b.Finite, a.LossSum + b.LossSum, a.NormSum + b.NormSum, Math.Max(a.HighestLoss, b.HighestLoss), Math.Max(a.HighestNorm, b.HighestNorm));
}
