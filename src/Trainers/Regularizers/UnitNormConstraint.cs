using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Constraint.UnitNorm"/>.</summary>
[DescriptionKind("unit-norm")]
internal sealed record UnitNormConstraint : Constraint
{
    public override BoundConstraint Bind(ParameterSet weights) => new Bound(weights);

    private sealed class Bound(ParameterSet weights) : BoundConstraint
    {
        public override void Apply()
        {
            foreach (var segment in weights.Segments)
            {
                using var scope = NewDisposeScope();
                var (rows, largest, norms) = WeightRows.Of(segment.Value);
                rows.div_(largest).div_(norms);
            }
        }
    }
}
