using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.SpamClip"/>.</summary>
[DescriptionKind("spam-clip")]
internal sealed record SpamClipping : GradientTransform
{
    private const string Owner = "GradientTransform.SpamClip";

    [JsonConstructor]
    public SpamClipping(double theta, double beta)
    {
        Theta = Require.That(double.IsFinite(theta) && theta > 1, theta, Owner, nameof(theta), "be finite and greater than 1", "The usual value is 5000.");
        Beta = Require.Fraction(beta, Owner, nameof(beta), "The usual value is 0.999.");
    }

    public double Theta { get; }

    public double Beta { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new Bound(this, parameters);
    }

    internal sealed class Bound(SpamClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        /// <summary>v: moving averages of the squared clipped gradients, parallel to the flat gradients; 0 where none was seen yet.</summary>
        public IReadOnlyList<Tensor> Moments { get; } = [.. parameters.Gradients.Select(gradient => zeros_like(gradient).DetachFromDisposeScope())];

        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < Moments.Count; i++)
            {
                var (gradient, moment) = (parameters.Gradients[i], Moments[i]);
                var limit = (moment * description.Theta).sqrt_().masked_fill_(moment.eq(0), float.PositiveInfinity);
                gradient.clamp_(-limit, limit);
                var next = (moment * description.Beta).addcmul_(gradient, gradient, 1 - description.Beta);

                // The square of a large finite gradient may overflow; an infinite moment would never clip again.
                moment.copy_(next.nan_to_num());
            }
        }

        public override void Exchange(RunState state)
        {
            for (var i = 0; i < Moments.Count; i++)
            {
                state.Exchange($"moment{i}", Moments[i]);
            }
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var moment in Moments)
            {
                moment.Dispose();
            }
        }
    }
}
