namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Callback.On"/>. It has no JSON form: functions cannot be written down.</summary>
internal sealed record FunctionsCallback(
    Action<RunControl, Evaluation?, Evaluation?>? Started,
    Action<RunControl, StepRows>? Starting,
    Action<RunControl, StepRecord>? Stepped,
    Action<RunControl, EpochRecord>? Epoch,
    Action<TrainingResult>? Ended) : Callback
{
    internal override string Name => "Callback.On";

    public override BoundCallback Bind(CallbackScope scope) => new Bound(this);

    private sealed class Bound(FunctionsCallback functions) : BoundCallback
    {
        public override void TrainingStarted(RunControl run, Evaluation? training, Evaluation? validation) =>
            functions.Started?.Invoke(run, training, validation);

        public override void StepStarting(RunControl run, StepRows rows) => functions.Starting?.Invoke(run, rows);

        public override void StepEnded(RunControl run, StepRecord step) => functions.Stepped?.Invoke(run, step);

        public override void EpochEnded(RunControl run, EpochRecord epoch) => functions.Epoch?.Invoke(run, epoch);

        public override void TrainingEnded(TrainingResult result) => functions.Ended?.Invoke(result);
    }
}
