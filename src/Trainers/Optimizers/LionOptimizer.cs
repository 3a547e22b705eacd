using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.Lion"/>.</summary>
[DescriptionKind("lion")]
internal sealed record LionOptimizer : Optimizer
{
    private const string Owner = "Optimizer.Lion";

    [JsonConstructor]
    public LionOptimizer(Schedule rate, double weightDecay, double beta1, double beta2)
        : base(rate, Owner)
    {
        WeightDecay = Require.NotNegative(weightDecay, Owner, nameof(weightDecay), "Leave it out for none.");
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.99.");
    }

    public double WeightDecay { get; }

    public double Beta1 { get; }

    public double Beta2 { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(this, group), WeightDecay);

    private sealed class Rule : UpdateRule
    {
        private readonly LionOptimizer _description;
        private readonly Tensor _momentum;

        public Rule(LionOptimizer description, ParameterGroup group)
            : base(group)
        {
            _description = description;
            _momentum = State("momentum");
        }

        public override void Apply(double rate)
        {
            using var direction = _momentum * _description.Beta1;
            direction.add_(Gradients, alpha: 1 - _description.Beta1).sign_();
            Values.add_(direction, alpha: -rate);
            _momentum.mul_(_description.Beta2).add_(Gradients, alpha: 1 - _description.Beta2);
        }
    }
}
