using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="InputScaling.Standardize"/>.</summary>
[DescriptionKind("standardize")]
internal sealed record StandardizeScaling : InputScaling
{
    [JsonConstructor]
    public StandardizeScaling(double limit = 10) => Limit = CheckLimit(limit, "InputScaling.Standardize");

    public double Limit { get; }

    internal override FeatureScaling Restore(double[] centers, double[] scales) => new(centers, scales, Limit, isSmooth: false);

    private protected override (double Center, double Scale) Fit(FeatureSummary summary, IReadOnlyList<int> group) => (summary.Mean(group), summary.Deviation(group));
}
