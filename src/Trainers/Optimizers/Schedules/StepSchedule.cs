using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.Step"/>.</summary>
[DescriptionKind("step")]
internal sealed record StepSchedule : Schedule
{
    private const string Owner = "Schedule.Step";

    [JsonConstructor]
    public StepSchedule(double rate, int every, double factor)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Every = Require.AtLeastOne(every, Owner, nameof(every), "Give the steps between two changes.");
        Factor = Require.That(factor is > 0 and <= 1, factor, Owner, nameof(factor), "be above 0 and at most 1", "The usual value is 0.1.");
    }

    public double Rate { get; }

    public int Every { get; }

    public double Factor { get; }

    public override double RateAt(long step, long totalSteps) => Rate * Math.Pow(Factor, step / Every);
}
