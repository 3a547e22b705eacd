using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Optimizer.AdamW"/>.</summary>
[DescriptionKind("adamw")]
internal sealed record AdamWOptimizer : Optimizer
{
    private const string Owner = "Optimizer.AdamW";

    // docs/stability.md has the numbers.
    private const double ShrinkageOfRun = 1;
    private const double MostDecay = 3;

    // What each layer loses multiplies along the way: beyond this depth all of them together lose no more.
    private const double ShallowDepth = 3;
    private const long MostLooks = 1000;

    [JsonConstructor]
    public AdamWOptimizer(Schedule rate, double? weightDecay, double beta1, double beta2, double epsilon)
        : base(rate, Owner)
    {
        WeightDecay = weightDecay is { } decay ? Require.NotNegative(decay, Owner, nameof(weightDecay), "The usual value is 0.01; null chooses it by the length of the run.") : null;
        Beta1 = Require.Fraction(beta1, Owner, nameof(beta1), "The usual value is 0.9.");
        Beta2 = Require.Fraction(beta2, Owner, nameof(beta2), "The usual value is 0.999.");
        Epsilon = Require.Positive(epsilon, Owner, nameof(epsilon), "The usual value is 1e-8.");
    }

    public double? WeightDecay { get; }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    internal override Optimizer For(RunLength run, double depth) =>
        WeightDecay is null ? new AdamWOptimizer(Rate, Math.Min(MostDecay, ShrinkageOfRun / SumOfRates(run)) * Math.Min(1, ShallowDepth / depth), Beta1, Beta2, Epsilon) { LayerRules = LayerRules } : this;

    internal override BoundOptimizer Bind(FlatParameters parameters) =>
        new GroupedOptimizer(parameters, group => new AdamRule(group, Beta1, Beta2, Epsilon), WeightDecay ?? throw new InvalidOperationException("For comes first: it chooses the decay."));

    private double SumOfRates(RunLength run)
    {
        var schedule = Rate.Bind(run);
        var looks = Math.Min(run.Steps, MostLooks);
        return Enumerable.Range(0, (int)looks).Average(look => schedule.RateAt(look * run.Steps / looks)) * run.Steps;
    }
}
