namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Constraint.NonNegative"/>.</summary>
[DescriptionKind("non-negative")]
internal sealed record NonNegativeConstraint : Constraint
{
    public override BoundConstraint Bind(ParameterSet weights) => new Bound(weights);

    private sealed class Bound(ParameterSet weights) : BoundConstraint
    {
        public override void Apply()
        {
            foreach (var values in weights.Values)
            {
                values.clamp_min_(0);
            }
        }
    }
}
