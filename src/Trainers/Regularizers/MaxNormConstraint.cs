using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Constraint.MaxNorm"/>.</summary>
[DescriptionKind("max-norm")]
internal sealed record MaxNormConstraint : Constraint
{
    [JsonConstructor]
    public MaxNormConstraint(double maxNorm) =>
        MaxNorm = Require.Positive(maxNorm, "Constraint.MaxNorm", nameof(maxNorm), "Usual values are 2 to 4; to train without it, leave it out.");

    public new double MaxNorm { get; }

    public override BoundConstraint Bind(ParameterSet weights) => new Bound(MaxNorm, weights);

    private sealed class Bound(double limit, ParameterSet weights) : BoundConstraint
    {
        public override void Apply()
        {
            foreach (var segment in weights.Segments)
            {
                using var scope = NewDisposeScope();
                var (rows, largest, norms) = WeightRows.Of(segment.Value);
                rows.mul_((limit / largest).div_(norms).clamp_max(1));
            }
        }
    }
}
