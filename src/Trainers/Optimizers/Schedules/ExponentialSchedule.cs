using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.Exponential"/>.</summary>
[DescriptionKind("exponential")]
internal sealed record ExponentialSchedule : Schedule
{
    private const string Owner = "Schedule.Exponential";

    [JsonConstructor]
    public ExponentialSchedule(double rate, double factor)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Factor = Require.That(factor is > 0 and <= 1, factor, Owner, nameof(factor), "be above 0 and at most 1", "Usual values are 0.99 to 0.9999 a step.");
    }

    public double Rate { get; }

    public double Factor { get; }

    public override double RateAt(long step, long totalSteps) => Rate * Math.Pow(Factor, step);
}
