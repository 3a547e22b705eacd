namespace Microsoft.ML.Transforms;

/// <summary>How columns are normalised.</summary>
internal sealed record NormalizerOptions(NormalizerKind Kind, long MaximumExampleCount, bool FixZero);

/// <summary>The ways to normalise.</summary>
internal enum NormalizerKind
{
    MinMax,
    MeanVariance,
    Cdf,
}
