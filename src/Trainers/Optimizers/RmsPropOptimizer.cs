using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.RmsProp"/>.</summary>
[DescriptionKind("rmsprop")]
internal sealed record RmsPropOptimizer : Optimizer
{
    private const string Owner = "Optimizer.RmsProp";

    [JsonConstructor]
    public RmsPropOptimizer(Schedule rate, double alpha, double epsilon, double momentum, bool centered)
        : base(rate, Owner)
    {
        Alpha = Require.Fraction(alpha, Owner, nameof(alpha), "The usual value is 0.99.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
        Momentum = Require.Fraction(momentum, Owner, nameof(momentum), "Leave it out for none.");
        Centered = centered;
    }

    public double Alpha { get; }

    public double Epsilon { get; }

    public new double Momentum { get; }

    public bool Centered { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new TorchRule(group, all => optim.RMSProp(all, TorchRule.AnyRate, Alpha, Epsilon, 0, Momentum, Centered)));
}
