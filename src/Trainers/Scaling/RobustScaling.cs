using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="InputScaling.Robust"/>.</summary>
[DescriptionKind("robust")]
internal sealed record RobustScaling : InputScaling
{
    // Where the range is that of the bulk of the values, a quarter of it scales as evenly as their unit did; beyond that extremes have stretched it.
    private const double RangeShare = 4;
    private const double MostDeviations = 5;

    [JsonConstructor]
    public RobustScaling(double limit = 3) => Limit = CheckLimit(limit, "InputScaling.Robust");

    public double Limit { get; }

    internal override bool NeedsQuantiles => true;

    internal override FeatureScaling Restore(double[] centers, double[] scales) => new(centers, scales, Limit, isSmooth: true);

    private protected override (double Center, double Scale) Fit(FeatureSummary summary, IReadOnlyList<int> group)
    {
        var sorted = summary.Sorted(group);
        var bulk = Quantiles.QuartileDeviation(sorted) is var deviation and > 0 ? deviation : Quantiles.DifferingDeviation(sorted);
        return (Quantiles.Of(sorted, 0.5), Math.Min(((double)sorted[^1] - sorted[0]) / RangeShare, MostDeviations * bulk));
    }
}
