using System.Text.Json.Serialization;
using TorchSharp;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Constraint.MaxNorm"/>.</summary>
[DescriptionKind("max-norm")]
internal sealed record MaxNormConstraint : Constraint
{
    [JsonConstructor]
    public MaxNormConstraint(double limit) =>
        Limit = Require.Positive(limit, "Constraint.MaxNorm", "maxNorm", "Usual values are 2 to 4; to train without it, leave it out.");

    public double Limit { get; }

    public override BoundConstraint Bind(ParameterSet weights) => new Bound(Limit, weights);

    private sealed class Bound(double limit, ParameterSet weights) : BoundConstraint
    {
        public override void Apply()
        {
            foreach (var segment in weights.Segments)
            {
                var rows = segment.Value.view(segment.Value.shape[0], -1);
                var norms = rows.square().sum(1, keepdim: true).sqrt_();
                rows.mul_((limit / norms.clamp_min(float.Epsilon)).clamp_max(1));
            }
        }
    }
}
