using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that bring columns to a common scale.</summary>
public static class NormalizationCatalog
{
    private const long MaximumExamples = 1000000000;

    /// <summary>Scales to [-1, 1] (<paramref name="fixZero"/>) or to [0, 1].</summary>
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = MaximumExamples, bool fixZero = true) =>
        catalog.NormalizeMinMax([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

    /// <summary>Scales several columns to [-1, 1] (<paramref name="fixZero"/>) or to [0, 1].</summary>
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExamples, bool fixZero = true) =>
        new(catalog.GetEnvironment(), columns, new(NormalizerKind.MinMax, maximumExampleCount, fixZero));

    /// <summary>
    /// Divides by the root mean square (<paramref name="fixZero"/>), or standardises, or maps by the normal CDF.
    /// </summary>
    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName,
        string inputColumnName = null, long maximumExampleCount = MaximumExamples, bool fixZero = true, bool useCdf = false) =>
        catalog.NormalizeMeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

    /// <summary>
    /// Divides several columns by the root mean square (<paramref name="fixZero"/>), or standardises them, or maps them by the normal CDF.
    /// </summary>
    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExamples, bool fixZero = true, bool useCdf = false) =>
        new(catalog.GetEnvironment(), columns,
            new(useCdf ? NormalizerKind.Cdf : NormalizerKind.MeanVariance, maximumExampleCount, fixZero));
}
