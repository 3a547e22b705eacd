using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.MultiStep"/>.</summary>
[DescriptionKind("multi-step")]
internal sealed record MultiStepSchedule : Schedule
{
    private const string Owner = "Schedule.MultiStep";

    [JsonConstructor]
    public MultiStepSchedule(double rate, IReadOnlyList<int> at, double factor)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        At = new EquatableList<int>(Require.NotNull(at, Owner, nameof(at), "Give the steps at which the rate changes, such as [1000, 2000]."));
        Require.That(At.Count > 0, At, Owner, nameof(at), "hold at least one step", "For a rate that does not change, use Schedule.Constant.");
        Require.That(At.Zip(At.Prepend(0), (next, last) => next > last).All(rising => rising), At, Owner, nameof(at), "rise from 1 on", "Give steps such as [1000, 2000].");
        Factor = Require.That(factor is > 0 and <= 1, factor, Owner, nameof(factor), "be above 0 and at most 1", "The usual value is 0.1.");
    }

    public double Rate { get; }

    public IReadOnlyList<int> At { get; }

    public double Factor { get; }

    public override double RateAt(long step, long totalSteps) => Rate * Math.Pow(Factor, At.Count(change => change <= step));
}
