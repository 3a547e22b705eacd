using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A linear rise, then another schedule: the description behind <see cref="Schedule.WithWarmup"/>.</summary>
[DescriptionKind("warmup")]
internal sealed record WarmupSchedule : Schedule
{
    private const string Owner = "Schedule.WithWarmup";

    [JsonConstructor]
    public WarmupSchedule(Schedule then, int steps)
    {
        Then = Require.NotNull(then, Owner, nameof(then), "Give the schedule that follows.");
        Steps = Require.AtLeastOne(steps, Owner, nameof(steps), "To start at the full rate, leave the warm-up out.");
    }

    public Schedule Then { get; }

    public int Steps { get; }

    public override double RateAt(long step, long totalSteps)
    {
        var warmup = StepsIn(totalSteps);
        return Rate(step, warmup, at => Then.RateAt(at, totalSteps - warmup));
    }

    public override BoundSchedule Bind(RunLength run)
    {
        var warmup = StepsIn(run.Steps);
        return new Bound(Then.Bind(run with { Steps = run.Steps - warmup }), warmup);
    }

    private long StepsIn(long totalSteps) => Math.Min(Steps, totalSteps / 5);

    private static double Rate(long step, long warmup, Func<long, double> then) =>
        step < warmup ? then(0) * (step + 1) / warmup : then(step - warmup);

    private sealed class Bound(BoundSchedule then, long warmup) : BoundSchedule
    {
        public override double RateAt(long step) => Rate(step, warmup, then.RateAt);

        public override void EpochEnded(double loss) => then.EpochEnded(loss);

        public override void Exchange(RunState state) => then.Exchange(state);
    }
}
