using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="InputScaling.Robust"/>.</summary>
[DescriptionKind("robust")]
internal sealed record RobustScaling : InputScaling
{
    [JsonConstructor]
    public RobustScaling(double limit = 3) => Limit = CheckLimit(limit, "InputScaling.Robust");

    public double Limit { get; }

    internal override bool NeedsQuantiles => true;

    internal override FeatureScaling Restore(double[] centers, double[] scales) => new(centers, scales, Limit, isSmooth: true);

    private protected override (double Center, double Scale) Fit(FeatureSummary summary, int feature)
    {
        var sorted = summary.Sorted(feature);
        return (Quantiles.Of(sorted, 0.5), Quantiles.QuartileDeviation(sorted) is var scale and > 0 ? scale : Quantiles.DifferingDeviation(sorted));
    }
}
