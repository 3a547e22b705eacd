using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Tuner.Tpe"/>.</summary>
[DescriptionKind("tpe")]
internal sealed record TpeTuner : Tuner
{
    private const string Owner = "Tuner.Tpe";

    [JsonConstructor]
    public TpeTuner(int startup, double gamma, int candidates, int lag)
    {
        Startup = Require.That(startup >= 2, startup, Owner, nameof(startup), "be 2 or greater", "The usual value is 10.");
        Gamma = Require.That(gamma is > 0 and < 1, gamma, Owner, nameof(gamma), "be above 0 and below 1", "Usual values are 0.1 to 0.25.");
        Candidates = Require.AtLeastOne(candidates, Owner, nameof(candidates), "The usual value is 24.");
        Lag = Require.AtLeastOne(lag, Owner, nameof(lag), "Give as many as trials are to run at once.");
    }

    public int Startup { get; }

    public double Gamma { get; }

    public int Candidates { get; }

    public int Lag { get; }

    internal override BoundTuner Bind(IReadOnlyList<SweepParameter> parameters, int seed) => new Bound(this, parameters, seed);

    private sealed class Bound(TpeTuner description, IReadOnlyList<SweepParameter> parameters, int seed) : BoundTuner(parameters)
    {
        private readonly BoundTuner _startup = new RandomTuner().Bind(parameters, seed);
        private readonly Random _random = new(seed);

        public override int Lag => description.Lag;

        public override TrialPoint? Draw(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending)
        {
            if (known.Count + pending.Count < description.Startup || !known.Any(outcome => double.IsFinite(outcome.Loss)))
            {
                return _startup.Draw(known, pending);
            }

            var ranked = TrialOutcome.Ranked(known).Select(outcome => outcome.Point).ToArray();
            var best = (int)Math.Ceiling(description.Gamma * ranked.Length);
            var (good, rest) = (ranked[..best], (TrialPoint[])[.. ranked[best..], .. pending]);
            return TrialPoint.Of(Parameters, i => Choose(Parameters[i], Values(good, i), Values(rest, i)));
        }

        public override TrialPoint? DrawAny(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending) => _startup.Draw(known, pending);

        private static double[] Values(TrialPoint[] points, int parameter) => [.. points.Select(point => point[parameter]).OfType<double>()];

        private double Choose(SweepParameter parameter, double[] good, double[] rest)
        {
            var (l, g) = (Density(parameter, good), Density(parameter, rest));
            var chosen = Enumerable.Range(0, description.Candidates).Select(_ => l.Draw(_random)).MaxBy(value => l.Log(value) - g.Log(value));
            return parameter.Scale == SweepScale.Choice ? chosen : parameter.FromUnit(chosen);
        }

        private static IDensity Density(SweepParameter parameter, double[] values) => parameter.Scale == SweepScale.Choice
            ? new ChoiceDensity(parameter.Values.Count, values)
            : new ParzenDensity(Array.ConvertAll(values, parameter.ToUnit));
    }
}
