using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Tuner.Grid"/>.</summary>
[DescriptionKind("grid")]
internal sealed record GridTuner : Tuner
{
    [JsonConstructor]
    public GridTuner(int steps) => Steps = Require.AtLeastOne(steps, "Tuner.Grid", nameof(steps), "Usual values are 3 to 5.");

    public int Steps { get; }

    internal override BoundTuner Bind(IReadOnlyList<SweepParameter> parameters, int seed) => new Bound(this, parameters);

    private sealed class Bound : BoundTuner
    {
        private readonly IReadOnlyList<double>[] _values;
        private readonly int[] _at;
        private bool _done;

        public Bound(GridTuner description, IReadOnlyList<SweepParameter> parameters)
            : base(parameters)
        {
            _values = [.. parameters.Select(parameter => parameter.Steps(description.Steps))];
            _at = new int[parameters.Count];
        }

        public override bool TakesStart => false;

        public override TrialPoint? Draw(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending)
        {
            if (_done)
            {
                return null;
            }

            var point = TrialPoint.Of(Parameters, i => _values[i][_at[i]]);
            _done = !Advance(point);
            return point;
        }

        /// <summary>Turns the last wheel that counts, and those before it as it comes round; wheels that do not count stand at 0.</summary>
        private bool Advance(TrialPoint point)
        {
            for (var i = _at.Length - 1; i >= 0; i--)
            {
                if (point[i] is not null && ++_at[i] < _values[i].Count)
                {
                    return true;
                }

                _at[i] = 0;
            }

            return false;
        }
    }
}
