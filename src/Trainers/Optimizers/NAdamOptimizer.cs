using System.Text.Json.Serialization;

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

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(this, group));

    private sealed class Rule(NAdamOptimizer description, ParameterGroup group) : MomentRule(group, description.Beta1, description.Beta2)
    {
        private double _product = 1;

        public override void Exchange(RunState state)
        {
            base.Exchange(state);
            state.Exchange("product", ref _product);
        }

        protected override Action<MomentSlice> Move(double rate)
        {
            var (now, next) = (Momentum(Step), Momentum(Step + 1));
            _product *= now;
            return Descent(description.Epsilon, ofMean: rate * next / (1 - (_product * next)), ofGradients: rate * (1 - now) / (1 - _product));
        }

        /// <summary>μₜ.</summary>
        private double Momentum(long step) => description.Beta1 * (1 - (0.5 * Math.Pow(0.96, step * description.MomentumDecay)));
    }
}
