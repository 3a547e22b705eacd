using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A constraint for some weights alone: the description behind <see cref="Constraint.Where"/>.</summary>
[DescriptionKind("where")]
internal sealed record ConstraintWhere : Constraint
{
    private const string Owner = "Constraint.Where";

    [JsonConstructor]
    public ConstraintWhere(Constraint constraint, string pattern)
    {
        Constraint = Require.NotNull(constraint, Owner, nameof(constraint), "Give the constraint to narrow.");
        Pattern = Require.Text(pattern, Owner, nameof(pattern), "Give a layer name such as \"hidden*\".");
    }

    public Constraint Constraint { get; }

    public string Pattern { get; }

    public override BoundConstraint Bind(ParameterSet weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var chosen = weights.Where(Pattern, Owner);
        return chosen.Segments.Count > 0 ? Constraint.Bind(chosen) : new Nothing();
    }

    /// <summary>For weights that are all frozen until a later epoch.</summary>
    private sealed class Nothing : BoundConstraint
    {
        public override void Apply()
        {
        }
    }
}
