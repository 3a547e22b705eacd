using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.CosineRestarts"/>.</summary>
[DescriptionKind("cosine-restarts")]
internal sealed record CosineRestartsSchedule : Schedule
{
    private const string Owner = "Schedule.CosineRestarts";

    [JsonConstructor]
    public CosineRestartsSchedule(double rate, int period, int growth, double final)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Period = Require.AtLeastOne(period, Owner, nameof(period), "Give the steps of the first fall.");
        Growth = Require.AtLeastOne(growth, Owner, nameof(growth), "The usual values are 1 and 2.");
        Final = Require.NotNegative(final, Owner, nameof(final), "Leave it out to end at 0.");
    }

    public double Rate { get; }

    public int Period { get; }

    public int Growth { get; }

    public double Final { get; }

    public override double RateAt(long step, long totalSteps)
    {
        var length = (long)Period;
        if (Growth == 1)
        {
            step %= length;
        }

        while (step >= length)
        {
            step -= length;
            length *= Growth;
        }

        return CosineSchedule.Fall(Rate, Final, step / (double)length);
    }
}
