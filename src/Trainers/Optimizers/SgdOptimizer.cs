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

    public new double Momentum { get; }

    public new bool Nesterov { get; }

    /// <summary>The momentum of the presets, which is above 0.</summary>
    public static double CheckedMomentum(double momentum, string owner) =>
        Require.That(momentum is > 0 and < 1, momentum, owner, nameof(momentum), "be above 0 and below 1", "The usual value is 0.9; for none, use Optimizer.Sgd.");

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => Momentum == 0 ? new Plain(group) : new WithMomentum(this, group));

    private sealed class Plain(ParameterGroup group) : UpdateRule(group)
    {
        public override void Apply(double rate) => Values.add_(Gradients, alpha: -rate);
    }

    private sealed class WithMomentum : UpdateRule
    {
        private readonly SgdOptimizer _description;
        private readonly Tensor _velocity;

        public WithMomentum(SgdOptimizer description, ParameterGroup group)
            : base(group)
        {
            _description = description;
            _velocity = State("velocity");
        }

        public override void Apply(double rate)
        {
            _velocity.mul_(_description.Momentum).add_(Gradients);
            if (_description.Nesterov)
            {
                Values.add_(Gradients, alpha: -rate).add_(_velocity, alpha: -rate * _description.Momentum);
            }
            else
            {
                Values.add_(_velocity, alpha: -rate);
            }
        }
    }
}
