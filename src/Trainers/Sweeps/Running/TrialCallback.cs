namespace MLNet.GradStability;

/// <summary>Tells a trial of a sweep how its training goes. It has no JSON form: it belongs to one run.</summary>
internal sealed record TrialCallback(TrialRun Trial) : Callback
{
    public override BoundCallback Bind(CallbackScope scope) => new Bound(Trial, scope.HigherMetricIsBetter);

    private sealed class Bound(TrialRun trial, bool higherMetricIsBetter) : BoundCallback
    {
        public override void EpochEnded(RunControl run, EpochRecord epoch) => trial.EpochEnded(run, epoch, higherMetricIsBetter);

        public override void TrainingEnded(TrainingResult result) => trial.TrainingEnded(result);
    }
}
