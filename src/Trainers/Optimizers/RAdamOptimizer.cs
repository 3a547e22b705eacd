using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.RAdam"/>.</summary>
[DescriptionKind("radam")]
internal sealed record RAdamOptimizer : Optimizer
{
    private const string Owner = "Optimizer.RAdam";

    [JsonConstructor]
    public RAdamOptimizer(Schedule rate, double beta1, double beta2, double epsilon)
        : base(rate, Owner)
    {
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.999.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(this, group));

    // An own rule: torch.optim.RAdam of TorchSharp (0.102.7 and 0.107.0) multiplies the rectified step by the rate twice.
    private sealed class Rule(RAdamOptimizer description, ParameterGroup group) : UpdateRule
    {
        private readonly Tensor _mean = State(group);
        private readonly Tensor _square = State(group);
        private int _step;

        public override void Apply(double rate)
        {
            var (beta1, beta2) = (description.Beta1, description.Beta2);
            _step++;
            _mean.mul_(beta1).add_(group.Gradients, alpha: 1 - beta1);
            _square.mul_(beta2).addcmul_(group.Gradients, group.Gradients, value: 1 - beta2);
            var correction1 = 1 - Math.Pow(beta1, _step);
            var correction2 = 1 - Math.Pow(beta2, _step);
            var longest = (2 / (1 - beta2)) - 1;
            var length = longest - (2 * _step * Math.Pow(beta2, _step) / correction2);
            if (length > 5)
            {
                var rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
                using var deviation = _square.sqrt().add_(description.Epsilon);
                group.Values.addcdiv_(_mean, deviation, value: -rate * rectification * Math.Sqrt(correction2) / correction1);
            }
            else
            {
                group.Values.add_(_mean, alpha: -rate / correction1);
            }
        }

        public override void Dispose()
        {
            _mean.Dispose();
            _square.Dispose();
        }
    }
}
