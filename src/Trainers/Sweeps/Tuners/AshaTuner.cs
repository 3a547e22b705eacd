using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Tuner.Asha"/>.</summary>
[DescriptionKind("asha")]
internal sealed record AshaTuner : Tuner
{
    private const string Owner = "Tuner.Asha";

    [JsonConstructor]
    public AshaTuner(Tuner sampler, int eta, int minEpochs, Monitored monitor)
    {
        Sampler = Require.NotNull(sampler, Owner, nameof(sampler), "Leave it out for Tuner.Random().");
        if (sampler is AshaTuner)
        {
            throw new ArgumentException($"{Owner}: sampler must choose values; got another Tuner.Asha, which only ends trials. Give Tuner.Random() or Tuner.Tpe().", nameof(sampler));
        }

        Eta = Require.That(eta >= 2, eta, Owner, nameof(eta), "be 2 or greater", "The usual values are 3 and 4.");
        MinEpochs = Require.AtLeastOne(minEpochs, Owner, nameof(minEpochs), "Give the epochs that every trial is to have.");
        Monitor = Require.That(
            Enum.IsDefined(monitor) && monitor.NeedsValidation(), monitor, Owner, nameof(monitor), "be a number on validation rows", "Give Monitored.ValidationMetric or Monitored.ValidationLoss.");
    }

    public Tuner Sampler { get; }

    public int Eta { get; }

    public int MinEpochs { get; }

    public Monitored Monitor { get; }

    internal override BoundTuner Bind(IReadOnlyList<SweepParameter> parameters, int seed) => new Bound(this, parameters, seed);

    private sealed class Bound(AshaTuner description, IReadOnlyList<SweepParameter> parameters, int seed) : BoundTuner(parameters)
    {
        private readonly BoundTuner _sampler = description.Sampler.Bind(parameters, seed);

        public override int Lag => _sampler.Lag;

        public override Rungs Rungs { get; } = new(description.Eta, description.MinEpochs, description.Monitor);

        public override bool TakesStart => _sampler.TakesStart;

        public override TrialPoint? Draw(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending) => _sampler.Draw(known, pending);

        public override TrialPoint? DrawAny(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending) => _sampler.DrawAny(known, pending);
    }
}
