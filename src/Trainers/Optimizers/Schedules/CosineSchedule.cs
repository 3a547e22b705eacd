using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.Cosine"/>.</summary>
[DescriptionKind("cosine")]
internal sealed record CosineSchedule : Schedule
{
    private const string Owner = "Schedule.Cosine";

    [JsonConstructor]
    public CosineSchedule(double rate, double final)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Final = Require.NotNegative(final, Owner, nameof(final), "Leave it out to end at 0.");
    }

    public double Rate { get; }

    public double Final { get; }

    public override double RateAt(long step, long totalSteps) => Fall(Rate, Final, step / (double)totalSteps);

    /// <summary>Half a cosine from one rate to another as progress goes from 0 to 1.</summary>
    public static double Fall(double from, double to, double progress) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress))));
}
