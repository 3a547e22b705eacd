using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.AdamW"/>.</summary>
[DescriptionKind("adamw")]
internal sealed record AdamWOptimizer : Optimizer
{
    private const string Owner = "Optimizer.AdamW";

    [JsonConstructor]
    public AdamWOptimizer(Schedule rate, double weightDecay, double beta1, double beta2, double epsilon)
        : base(rate, Owner)
    {
        WeightDecay = Require.NotNegative(weightDecay, Owner, nameof(weightDecay), "The usual value is 0.01.");
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.999.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
    }

    public double WeightDecay { get; }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new AdamRule(group, Beta1, Beta2, Epsilon), WeightDecay);
}
