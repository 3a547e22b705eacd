namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Tuner.Random"/>.</summary>
[DescriptionKind("random")]
internal sealed record RandomTuner : Tuner
{
    internal override BoundTuner Bind(IReadOnlyList<SweepParameter> parameters, int seed) => new Bound(parameters, seed);

    private sealed class Bound(IReadOnlyList<SweepParameter> parameters, int seed) : BoundTuner(parameters)
    {
        private readonly HaltonSequence _sequence = new(parameters.Count, seed);

        public override TrialPoint? Draw(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending)
        {
            var units = _sequence.Next();
            return TrialPoint.Of(Parameters, i => Parameters[i].FromUnit(units[i]));
        }
    }
}
