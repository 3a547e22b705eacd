using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.Sgd"/>.</summary>
[DescriptionKind("sgd")]
internal sealed record SgdOptimizer : Optimizer
{
    private const string Owner = "Optimizer.Sgd";

    [JsonConstructor]
    public SgdOptimizer(Schedule rate, double momentum, bool nesterov)
        : base(rate, Owner)
    {
        Momentum = Require.Fraction(momentum, Owner, nameof(momentum), "The usual value is 0.9; leave it out for plain gradient descent.");
        Nesterov = Require.That(!nesterov || momentum > 0, nesterov, Owner, nameof(nesterov), "go with a momentum above 0", "Give a momentum such as 0.9, or leave nesterov out.");
    }

    public double Momentum { get; }

    public bool Nesterov { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new(optim.SGD([parameters.Trainable], Rate.RateAt(0, 1), Momentum, 0, 0, Nesterov), parameters);
}
