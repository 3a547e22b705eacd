using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.Adagrad"/>.</summary>
[DescriptionKind("adagrad")]
internal sealed record AdagradOptimizer : Optimizer
{
    private const string Owner = "Optimizer.Adagrad";

    [JsonConstructor]
    public AdagradOptimizer(Schedule rate, double initialSum, double epsilon)
        : base(rate, Owner)
    {
        InitialSum = Require.NotNegative(initialSum, Owner, nameof(initialSum), "Leave it out to start at 0.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-10.");
    }

    public double InitialSum { get; }

    public double Epsilon { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new TorchRule(group, all => optim.Adagrad(all, TorchRule.AnyRate, 0, 0, InitialSum, Epsilon)));
}
