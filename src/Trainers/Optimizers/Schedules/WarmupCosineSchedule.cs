using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.WarmupCosine"/>.</summary>
[DescriptionKind("warmup-cosine")]
internal sealed record WarmupCosineSchedule : Schedule
{
    [JsonConstructor]
    public WarmupCosineSchedule(double peak, int warmupSteps, double final)
    {
        Peak = Require.Positive(peak, "Schedule.WarmupCosine", nameof(peak), "Usual peaks are 1e-3 to 1e-2 for Adam.");
        WarmupSteps = Require.NotNegative(warmupSteps, "Schedule.WarmupCosine", nameof(warmupSteps), "Give 0 to start at the peak.");
        Final = Require.NotNegative(final, "Schedule.WarmupCosine", nameof(final), "Leave it out to end at 0.");
    }

    public double Peak { get; }

    public int WarmupSteps { get; }

    public double Final { get; }

    public override double RateAt(long step, long totalSteps)
    {
        var warmup = Math.Min(WarmupSteps, totalSteps / 5);
        if (step < warmup)
        {
            return Peak * (step + 1) / warmup;
        }

        var progress = Math.Min(1.0, (step - warmup) / (double)Math.Max(1, totalSteps - warmup));
        return Final + ((Peak - Final) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
