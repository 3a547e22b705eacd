using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.Constant"/>.</summary>
[DescriptionKind("constant")]
internal sealed record ConstantSchedule : Schedule
{
    [JsonConstructor]
    public ConstantSchedule(double rate) =>
        Rate = Require.Positive(rate, "Schedule.Constant", nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");

    public double Rate { get; }

    public override double RateAt(long step, long totalSteps) => Rate;
}
