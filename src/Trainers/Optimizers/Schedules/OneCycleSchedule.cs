using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.OneCycle"/>.</summary>
[DescriptionKind("one-cycle")]
internal sealed record OneCycleSchedule : Schedule
{
    private const string Owner = "Schedule.OneCycle";

    [JsonConstructor]
    public OneCycleSchedule(double peak, double rise, double startFactor, double endFactor)
    {
        Peak = Require.Positive(peak, Owner, nameof(peak), "Usual peaks are 1e-3 to 1e-2 for Adam, 0.1 to 1 for SGD.");
        Rise = Require.That(rise is > 0 and < 1, rise, Owner, nameof(rise), "be above 0 and below 1", "The usual value is 0.3.");
        StartFactor = Require.That(double.IsFinite(startFactor) && startFactor >= 1, startFactor, Owner, nameof(startFactor), "be finite and 1 or greater", "The usual value is 25.");
        EndFactor = Require.That(double.IsFinite(endFactor) && endFactor >= 1, endFactor, Owner, nameof(endFactor), "be finite and 1 or greater", "The usual value is 10000.");
    }

    public double Peak { get; }

    public double Rise { get; }

    public double StartFactor { get; }

    public double EndFactor { get; }

    public override double RateAt(long step, long totalSteps)
    {
        var first = Peak / StartFactor;
        var last = (double)Math.Max(1, totalSteps - 1);
        var top = Math.Clamp((Rise * totalSteps) - 1, 0, last);
        return step <= top && top > 0
            ? CosineSchedule.Fall(first, Peak, step / top)
            : CosineSchedule.Fall(Peak, first / EndFactor, (step - top) / Math.Max(1, last - top));
    }
}
