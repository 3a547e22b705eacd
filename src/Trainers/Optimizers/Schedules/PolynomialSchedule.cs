using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.Polynomial"/>.</summary>
[DescriptionKind("polynomial")]
internal sealed record PolynomialSchedule : Schedule
{
    private const string Owner = "Schedule.Polynomial";

    [JsonConstructor]
    public PolynomialSchedule(double rate, double power, double final)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Power = Require.Positive(power, Owner, nameof(power), "The usual values are 1 and 2.");
        Final = Require.NotNegative(final, Owner, nameof(final), "Leave it out to end at 0.");
    }

    public double Rate { get; }

    public double Power { get; }

    public double Final { get; }

    public override double RateAt(long step, long totalSteps) => Final + ((Rate - Final) * Math.Pow(1 - Math.Min(1, step / (double)totalSteps), Power));
}
