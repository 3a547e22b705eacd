using MLNet.GradStability;

namespace Samples.CustomClipper;

/// <summary>A gradient transform of one's own: g ← c·tanh(g/c). Small gradients pass, large ones approach ±c without a corner.</summary>
[DescriptionKind("soft-clip")]
internal sealed record SoftClip(double Limit) : GradientTransform
{
    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(Limit, parameters);

    private sealed class Bound(double limit, ParameterSet parameters) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            foreach (var gradient in parameters.Gradients)
            {
                gradient.div_(limit).tanh_().mul_(limit);
            }
        }
    }
}
