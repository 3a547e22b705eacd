using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>Several constraints, one after the other: the description behind <see cref="Constraint.Then"/>.</summary>
[DescriptionKind("chain")]
internal sealed record ConstraintChain : Constraint
{
    private const string Owner = "Constraint.Then";

    [JsonConstructor]
    public ConstraintChain(IReadOnlyList<Constraint> steps)
    {
        Require.NotNull(steps, Owner, nameof(steps), "Give the constraints in order.");
        foreach (var step in steps)
        {
            Require.NotNull(step, Owner, "next", "Give the constraint that comes second.");
        }

        Steps = new EquatableList<Constraint>(steps.SelectMany(step => step is ConstraintChain chain ? chain.Steps : [step]));
    }

    public IReadOnlyList<Constraint> Steps { get; }

    public override BoundConstraint Bind(ParameterSet weights) => new Bound([.. Steps.Select(step => step.Bind(weights))]);

    private sealed class Bound(BoundConstraint[] steps) : BoundConstraint
    {
        public override void Apply() => Array.ForEach(steps, step => step.Apply());
    }
}
