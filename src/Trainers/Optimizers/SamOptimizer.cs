using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.Sam"/>.</summary>
[DescriptionKind("sam")]
internal sealed record SamOptimizer : Optimizer
{
    private const string Owner = "Optimizer.Sam";

    [JsonConstructor]
    public SamOptimizer(Optimizer inner, double rho)
        : base(Checked(inner).Rate, Owner)
    {
        Inner = inner;
        Rho = Require.Positive(rho, Owner, nameof(rho), "The usual value is 0.05; to train without it, use the inner optimiser alone.");
        LayerRules = inner.LayerRules;
    }

    public Optimizer Inner { get; }

    public double Rho { get; }

    internal override Optimizer For(RunLength run, double depth) => new SamOptimizer((Inner with { Rate = Rate }).For(run, depth), Rho) { LayerRules = LayerRules };

    internal override BoundOptimizer Bind(FlatParameters parameters) => new Bound(Rho, Inner.Bind(parameters), parameters);

    private static Optimizer Checked(Optimizer inner)
    {
        Require.NotNull(inner, Owner, nameof(inner), "Give one such as Optimizer.Momentum(0.1).");
        return Require.That(inner is not SamOptimizer, inner, Owner, nameof(inner), "be another optimiser than Sam", "Give the optimiser that Sam wraps.");
    }

    private sealed class Bound(double rho, BoundOptimizer inner, FlatParameters parameters) : BoundOptimizer
    {
        // Keeps a zero gradient at 0 instead of 0/0.
        private const double Epsilon = 1e-12;

        public override bool Step(double rate, StepGradients gradients)
        {
            using var before = parameters.Values.clone();
            using (var norm = parameters.All.GradientNormTensor())
            using (var factor = rho / norm.add_(Epsilon))
            {
                parameters.Values.addcmul_(parameters.Gradients, factor, value: 1);
            }

            var finite = gradients.Recompute();
            parameters.Values.copy_(before);
            return finite && inner.Step(rate, gradients);
        }

        public override void Exchange(RunState state) => inner.Exchange(state);

        public override void Dispose() => inner.Dispose();
    }
}
