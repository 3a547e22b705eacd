using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A schedule that counts in epochs: the description behind <see cref="Schedule.PerEpoch"/>.</summary>
[DescriptionKind("per-epoch")]
internal sealed record PerEpochSchedule : Schedule
{
    [JsonConstructor]
    public PerEpochSchedule(Schedule schedule) =>
        Schedule = Require.NotNull(schedule, "Schedule.PerEpoch", nameof(schedule), "Give the schedule that counts in epochs.");

    public Schedule Schedule { get; }

    // The length of an epoch is known in a fit alone; without one, an epoch is one step.
    public override double RateAt(long step, long totalSteps) => Schedule.RateAt(step, totalSteps);

    public override BoundSchedule Bind(RunLength run) =>
        new Bound(Schedule.Bind(new RunLength((run.Steps + run.StepsPerEpoch - 1) / run.StepsPerEpoch, 1)), run.StepsPerEpoch);

    private sealed class Bound(BoundSchedule schedule, long stepsPerEpoch) : BoundSchedule
    {
        public override double RateAt(long step) => schedule.RateAt(step / stepsPerEpoch);

        public override void EpochEnded(double loss) => schedule.EpochEnded(loss);

        public override void Exchange(RunState state) => schedule.Exchange(state);
    }
}
