using System.Text.Json.Serialization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Callback.TensorBoard"/>.</summary>
[DescriptionKind("tensorboard")]
internal sealed record TensorBoardCallback : Callback
{
    private const string Owner = "Callback.TensorBoard";

    [JsonConstructor]
    public TensorBoardCallback(string directory, int everySteps)
    {
        Directory = Require.Text(directory, Owner, nameof(directory), "Give one such as \"runs/first\".");
        EverySteps = Require.AtLeastOne(everySteps, Owner, nameof(everySteps), "The usual value is 10.");
    }

    public string Directory { get; }

    public int EverySteps { get; }

    internal override string Name => Owner;

    public override BoundCallback Bind(CallbackScope scope) => new Bound(this, scope);

    private sealed class Bound(TensorBoardCallback description, CallbackScope scope) : BoundCallback
    {
        private readonly FileFailures _failures = new(Owner, description.Directory, scope.Warn, scope.Rank == 0);
        private readonly RunScalars _scalars = new(scope.MetricName, scope.HasValidation);
        private SummaryWriter? _writer;

        public override void TrainingStarted(RunControl run, Evaluation? training, Evaluation? validation)
        {
            if (validation is not null)
            {
                Write(run.Step, _scalars.OfStart(validation));
            }
        }

        public override void StepEnded(RunControl run, StepRecord step)
        {
            if (step.Step % description.EverySteps == 0)
            {
                Write(step.Step, RunScalars.OfStep(step.Loss, step.LearningRate, step.GradientNorm));
            }
        }

        public override void EpochEnded(RunControl run, EpochRecord epoch) => Write(run.Step, _scalars.OfEpoch(epoch));

        private void Write(long step, (string Tag, double Value)[] scalars)
        {
            var written = _failures.Try(() =>
            {
                _writer ??= utils.tensorboard.SummaryWriter(description.Directory);
                foreach (var (tag, value) in scalars)
                {
                    _writer.add_scalar(tag, (float)value, (int)Math.Min(step, int.MaxValue));
                }
            });
            if (!written)
            {
                // A file that may end within a record cannot be continued.
                _writer = null;
            }
        }
    }
}
