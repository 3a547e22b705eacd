using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.Adam"/>.</summary>
[DescriptionKind("adam")]
internal sealed record AdamOptimizer : Optimizer
{
    private const string Owner = "Optimizer.Adam";

    [JsonConstructor]
    public AdamOptimizer(Schedule rate, double beta1, double beta2, double epsilon)
        : base(rate, Owner)
    {
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.999.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new AdamRule(group, Beta1, Beta2, Epsilon));
}
