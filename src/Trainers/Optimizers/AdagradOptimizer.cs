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

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(this, group));

    private sealed class Rule : UpdateRule
    {
        private readonly double _epsilon;
        private readonly Tensor _sum;

        public Rule(AdagradOptimizer description, ParameterGroup group)
            : base(group)
        {
            _epsilon = description.Epsilon;
            _sum = State("sum", description.InitialSum);
        }

        public override void Apply(double rate)
        {
            _sum.addcmul_(Gradients, Gradients, value: 1);
            using var deviation = _sum.sqrt().add_(_epsilon);
            Values.addcdiv_(Gradients, deviation, value: -rate);
        }
    }
}
