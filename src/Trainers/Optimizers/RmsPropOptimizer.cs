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

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(this, group));

    private sealed class Rule : UpdateRule
    {
        private readonly RmsPropOptimizer _description;
        private readonly Tensor _square;
        private readonly Tensor? _mean;
        private readonly Tensor? _velocity;

        public Rule(RmsPropOptimizer description, ParameterGroup group)
            : base(group)
        {
            _description = description;
            _square = State("square");
            _mean = description.Centered ? State("mean") : null;
            _velocity = description.Momentum > 0 ? State("velocity") : null;
        }

        public override void Apply(double rate)
        {
            _square.mul_(_description.Alpha).addcmul_(Gradients, Gradients, value: 1 - _description.Alpha);
            using var deviation = Root().add_(_description.Epsilon);
            if (_velocity is null)
            {
                Values.addcdiv_(Gradients, deviation, value: -rate);
            }
            else
            {
                _velocity.mul_(_description.Momentum).addcdiv_(Gradients, deviation, value: 1);
                Values.add_(_velocity, alpha: -rate);
            }
        }

        private Tensor Root()
        {
            if (_mean is null)
            {
                return _square.sqrt();
            }

            // Rounding may take the variance below 0, whose root is not a number.
            _mean.mul_(_description.Alpha).add_(Gradients, alpha: 1 - _description.Alpha);
            return _square.addcmul(_mean, _mean, value: -1).clamp_min_(0).sqrt_();
        }
    }
}
