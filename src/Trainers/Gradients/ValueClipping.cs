using System.Text.Json.Serialization;
using TorchSharp;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.ClipByValue"/>.</summary>
[DescriptionKind("clip-by-value")]
internal sealed record ValueClipping : GradientTransform
{
    private const string Owner = "GradientTransform.ClipByValue";

    [JsonConstructor]
    public ValueClipping(double min, double max)
    {
        Min = Require.That(double.IsFinite(min), min, Owner, nameof(min), "be finite", "Usual bounds are −1 and 1.");
        Max = Require.That(double.IsFinite(max), max, Owner, nameof(max), "be finite", "Usual bounds are −1 and 1.");
        Require.That(min < max, max, Owner, nameof(max), FormattableString.Invariant($"be greater than min, {min}"), "Give the lower bound first.");
    }

    public double Min { get; }

    public double Max { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(ValueClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            foreach (var gradient in parameters.Gradients)
            {
                gradient.clamp_(description.Min.ToScalar(), description.Max.ToScalar());
            }
        }
    }
}
