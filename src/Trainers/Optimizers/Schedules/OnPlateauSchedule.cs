using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Schedule.OnPlateau"/>.</summary>
[DescriptionKind("on-plateau")]
internal sealed record OnPlateauSchedule : Schedule
{
    private const string Owner = "Schedule.OnPlateau";

    [JsonConstructor]
    public OnPlateauSchedule(double rate, double factor, int patience, double threshold, int cooldown, double minRate)
    {
        Rate = Require.Positive(rate, Owner, nameof(rate), "Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD.");
        Factor = Require.That(factor is > 0 and < 1, factor, Owner, nameof(factor), "be above 0 and below 1", "Usual values are 0.1 and 0.5.");
        Patience = Require.NotNegative(patience, Owner, nameof(patience), "Give 0 to lower the rate after every epoch without improvement.");
        Threshold = Require.Fraction(threshold, Owner, nameof(threshold), "The usual value is 1e-4.");
        Cooldown = Require.NotNegative(cooldown, Owner, nameof(cooldown), "Leave it out for none.");
        MinRate = Require.NotNegative(minRate, Owner, nameof(minRate), "Leave it out for 0.");
        Require.That(MinRate <= Rate, MinRate, Owner, nameof(minRate), "be at most the rate", "Leave it out for 0.");
    }

    public double Rate { get; }

    public double Factor { get; }

    public int Patience { get; }

    public double Threshold { get; }

    public int Cooldown { get; }

    public double MinRate { get; }

    public override double RateAt(long step, long totalSteps) => Rate;

    public override BoundSchedule Bind(RunLength run) => new Bound(this);

    private sealed class Bound(OnPlateauSchedule description) : BoundSchedule
    {
        private double _rate = description.Rate;
        private double _best = double.PositiveInfinity;
        private int _waited;
        private int _resting;

        public override double RateAt(long step) => _rate;

        public override void EpochEnded(double loss)
        {
            if (loss < _best - (double.IsFinite(_best) ? Math.Abs(_best) * description.Threshold : 0))
            {
                _best = loss;
                _waited = 0;
            }
            else
            {
                _waited++;
            }

            if (_resting > 0)
            {
                _resting--;
                _waited = 0;
            }

            if (_waited > description.Patience)
            {
                _rate = Math.Max(description.MinRate, _rate * description.Factor);
                _resting = description.Cooldown;
                _waited = 0;
            }
        }

        public override void Exchange(RunState state)
        {
            state.Exchange("rate", ref _rate);
            state.Exchange("best", ref _best);
            state.Exchange("waited", ref _waited);
            state.Exchange("resting", ref _resting);
        }
    }
}
