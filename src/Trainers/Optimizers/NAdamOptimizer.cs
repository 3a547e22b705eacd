using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.NAdam"/>.</summary>
[DescriptionKind("nadam")]
internal sealed record NAdamOptimizer : Optimizer
{
    private const string Owner = "Optimizer.NAdam";

    [JsonConstructor]
    public NAdamOptimizer(Schedule rate, double beta1, double beta2, double epsilon, double momentumDecay)
        : base(rate, Owner)
    {
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.999.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
        MomentumDecay = Require.NotNegative(momentumDecay, Owner, nameof(momentumDecay), "The usual value is 0.004.");
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    public double MomentumDecay { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new TorchRule(group, all => optim.NAdam(all, TorchRule.AnyRate, Beta1, Beta2, Epsilon, 0, MomentumDecay)));
}
