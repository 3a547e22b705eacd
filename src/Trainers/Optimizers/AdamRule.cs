namespace MLNet.GradStability;

/// <summary>w ← w − rate·m̂/(√v̂ + ε), which Adam and AdamW share.</summary>
internal sealed class AdamRule(ParameterGroup group, double beta1, double beta2, double epsilon) : MomentRule(group, beta1, beta2)
{
    protected override Action<MomentSlice> Move(double rate) => Descent(epsilon, ofMean: rate / MeanCorrection);
}
