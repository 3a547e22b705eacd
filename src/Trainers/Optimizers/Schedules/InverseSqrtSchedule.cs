using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.InverseSqrt"/>.</summary>
[DescriptionKind("inverse-sqrt")]
internal sealed record InverseSqrtSchedule : Schedule
{
    private const string Owner = "Schedule.InverseSqrt";

    [JsonConstructor]
    public InverseSqrtSchedule(double rate, int timescale)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Timescale = Require.AtLeastOne(timescale, Owner, nameof(timescale), "Usual values are the steps of warm-up.");
    }

    public double Rate { get; }

    public int Timescale { get; }

    public override double RateAt(long step, long totalSteps) => Rate * Math.Sqrt(Timescale / ((double)Timescale + step));
}
