using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.LocalGlobalSgd"/>.</summary>
[DescriptionKind("local-global-sgd")]
internal sealed record LocalGlobalSgdOptimizer : Optimizer
{
    private const string Owner = "Optimizer.LocalGlobalSgd";
    private const double LocalShare = 0.01;

    [JsonConstructor]
    public LocalGlobalSgdOptimizer(Schedule rate, double alpha)
        : base(rate, Owner) =>
        Alpha = Require.NotNegative(alpha, Owner, nameof(alpha), "The default is 1; 0 moves both parts alike.");

    public double Alpha { get; }

    internal override BoundOptimizer Bind(FlatParameters parameters) => new GroupedOptimizer(parameters, group => new Rule(Alpha, group));

    private sealed class Rule(double alpha, ParameterGroup group) : UpdateRule(group)
    {
        private readonly IReadOnlyList<ParameterSegment> _segments = group.Segments;

        public override void Apply(double rate)
        {
            // η_global·ḡ + η_local·(g − ḡ) = η_local·g + α·η_local·ḡ: one flat update, and one number for each tensor.
            var local = LocalShare * rate;
            Values.add_(Gradients, alpha: -local);
            foreach (var segment in _segments)
            {
                using var mean = segment.Gradient.mean();
                segment.Value.add_(mean, alpha: -alpha * local);
            }
        }
    }
}
