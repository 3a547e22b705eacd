using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Callback.ReduceOnPlateau"/>.</summary>
[DescriptionKind("reduce-on-plateau")]
internal sealed record PlateauCallback : Callback
{
    private const string Owner = "Callback.ReduceOnPlateau";

    [JsonConstructor]
    public PlateauCallback(double factor, int patience, double minDelta, int cooldown, double minScale, Monitored monitor, MonitorMode mode)
    {
        Factor = Require.That(factor is > 0 and < 1, factor, Owner, nameof(factor), "be above 0 and below 1", "Usual values are 0.1 and 0.5.");
        Patience = Require.NotNegative(patience, Owner, nameof(patience), "Give 0 to lower the rate after every epoch without improvement.");
        MinDelta = Require.NotNegative(minDelta, Owner, nameof(minDelta), "Give 0 to count every improvement.");
        Cooldown = Require.NotNegative(cooldown, Owner, nameof(cooldown), "Leave it out for none.");
        MinScale = Require.Fraction(minScale, Owner, nameof(minScale), "Leave it out for 0.");
        Monitor = Require.That(Enum.IsDefined(monitor), monitor, Owner, nameof(monitor), "be a member of Monitored", "Give one such as Monitored.ValidationLoss.");
        Mode = Require.That(Enum.IsDefined(mode), mode, Owner, nameof(mode), "be a member of MonitorMode", "Leave it out to let the monitored number decide.");
    }

    public double Factor { get; }

    public int Patience { get; }

    public double MinDelta { get; }

    public int Cooldown { get; }

    public double MinScale { get; }

    public Monitored Monitor { get; }

    public MonitorMode Mode { get; }

    internal override string Name => Owner;

    public override BoundCallback Bind(CallbackScope scope) => new Bound(this, scope);

    private sealed class Bound(PlateauCallback description, CallbackScope scope) : BoundCallback
    {
        private readonly BestValue _best = new(description.Monitor.IsHigherBetter(description.Mode, scope.HigherMetricIsBetter), description.MinDelta);
        private double _scale = 1;
        private int _waited;
        private int _resting;

        public override void EpochEnded(RunControl run, EpochRecord epoch)
        {
            _waited = _best.Improves(epoch.Of(description.Monitor), epoch.Epoch) ? 0 : _waited + 1;
            if (_resting > 0)
            {
                _resting--;
                _waited = 0;
            }

            if (_waited > description.Patience)
            {
                Reduce(run, epoch.Epoch);
                _resting = description.Cooldown;
                _waited = 0;
            }
        }

        public override void Exchange(RunState state)
        {
            _best.Exchange(state.Under("best"));
            state.Exchange("scale", ref _scale);
            state.Exchange("waited", ref _waited);
            state.Exchange("resting", ref _resting);
        }

        private void Reduce(RunControl run, int epoch)
        {
            var scale = Math.Max(description.MinScale, _scale * description.Factor);
            if (scale < _scale)
            {
                run.RateScale *= scale / _scale;
                _scale = scale;
                scope.Log(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {description.Monitor.Words(scope.MetricName)} has not improved since epoch {_best.Epoch}: from epoch {epoch + 1} on the rate is {scale:G4} times the schedule's."));
            }
        }
    }
}
