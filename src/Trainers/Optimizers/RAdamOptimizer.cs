using System.Text.Json.Serialization;

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

    private sealed class Rule(RAdamOptimizer description, ParameterGroup group) : MomentRule(group, description.Beta1, description.Beta2)
    {
        protected override Action<MomentSlice> Move(double rate)
        {
            var longest = (2 / (1 - description.Beta2)) - 1;
            var length = longest - (2 * Step * Math.Pow(description.Beta2, Step) / SquareCorrection);
            if (length <= 5)
            {
                var size = rate / MeanCorrection;
                return slice => slice.Values.add_(slice.Mean, alpha: -size);
            }

            var rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            var factor = -rate * rectification * Math.Sqrt(SquareCorrection) / MeanCorrection;
            return slice =>
            {
                using var deviation = slice.Square.sqrt().add_(description.Epsilon);
                slice.Values.addcdiv_(slice.Mean, deviation, value: factor);
            };
        }
    }
}
