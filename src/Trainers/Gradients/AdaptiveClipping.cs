using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.Adaptive"/>.</summary>
[DescriptionKind("adaptive")]
internal sealed record AdaptiveClipping : GradientTransform
{
    private const string Owner = "GradientTransform.Adaptive";

    [JsonConstructor]
    public AdaptiveClipping(double lambda, double epsilon, bool clipOutput)
    {
        Lambda = Require.Positive(lambda, Owner, nameof(lambda), "The usual value is 0.01.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-3; without it a weight of 0 could never move.");
        ClipOutput = clipOutput;
    }

    public double Lambda { get; }

    public double Epsilon { get; }

    public bool ClipOutput { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var segments = parameters.Segments.Where(segment => ClipOutput || segment.Layer != Network.OutputLayer).ToList();
        return segments.Count > 0
            ? new Bound(this, segments)
            : throw new ArgumentException($"{Owner}: clipOutput must be true where the layer \"{Network.OutputLayer}\" is the only one; got false. Pass clipOutput: true.");
    }

    private sealed class Bound(AdaptiveClipping description, List<ParameterSegment> segments) : BoundGradientTransform
    {
        // The reference implementation's guard against division by 0.
        private const double SmallestNorm = 1e-6;

        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            foreach (var segment in segments)
            {
                var gradient = ByUnit(segment.Gradient);
                var norms = gradient.norm(1, keepdim: true);
                var limits = ByUnit(segment.Value).norm(1, keepdim: true).clamp_min_(description.Epsilon).mul_(description.Lambda);
                var factors = limits / norms.clamp_min(SmallestNorm);
                gradient.mul_(factors.masked_fill_(norms.le(limits), 1));
            }
        }

        /// <summary>One row a unit: <c>[units, rest]</c>, or <c>[1, length]</c> for a vector.</summary>
        private static Tensor ByUnit(Tensor tensor) => tensor.dim() > 1 ? tensor.view(tensor.shape[0], -1) : tensor.view(1, -1);
    }
}
