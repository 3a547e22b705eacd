namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Callback.TerminateOnNaN"/>.</summary>
[DescriptionKind("terminate-on-nan")]
internal sealed record NonFiniteCallback : Callback
{
    internal override string Name => "Callback.TerminateOnNaN";

    public override BoundCallback Bind(CallbackScope scope) => new Bound();

    private sealed class Bound : BoundCallback
    {
        public override void StepEnded(RunControl run, StepRecord step)
        {
            if (!double.IsFinite(step.Loss))
            {
                run.Stop(StopReason.NotFinite(step.Step, "loss"));
            }
            else if (!double.IsFinite(step.GradientNorm))
            {
                run.Stop(StopReason.NotFinite(step.Step, "gradient"));
            }
        }
    }
}
