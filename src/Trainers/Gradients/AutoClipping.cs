using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.AutoClip"/>.</summary>
[DescriptionKind("auto-clip")]
internal sealed record AutoClipping : GradientTransform
{
    private const string Owner = "GradientTransform.AutoClip";

    [JsonConstructor]
    public AutoClipping(double percentile, int history)
    {
        Percentile = Require.That(percentile is >= 0 and <= 100, percentile, Owner, nameof(percentile), "be from 0 to 100", "The usual value is 10.");
        History = Require.AtLeastOne(history, Owner, nameof(history), "The usual value is 10000.");
    }

    public double Percentile { get; }

    public int History { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    internal sealed class Bound(AutoClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        public NormHistory History { get; } = new(description.History);

        public override void Apply(GradientStep step)
        {
            // A norm of 0 says nothing of the scale: as a threshold it would stop the network.
            var norm = step.GlobalNorm(parameters);
            if (norm is not (> 0 and < double.PositiveInfinity))
            {
                return;
            }

            History.Add(norm);
            NormLimit.Apply(parameters, History.Percentile(description.Percentile), norm);
        }

        public override void Exchange(RunState state) => History.Exchange(state);
    }
}
