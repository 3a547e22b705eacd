using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>The input guard as ML.NET users look for it: <c>ml.Transforms.InputGuard("Features")</c>.</summary>
public static class InputGuardCatalog
{
    /// <summary>Imputes or rejects NaN and ±∞, clips outliers and standardises, by robust statistics found in fitting.</summary>
    /// <param name="catalog"><c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">The column to add; it hides one of the same name.</param>
    /// <param name="inputColumnName">The column to read, Single or a vector of Single of known size; null for <paramref name="outputColumnName"/>.</param>
    /// <param name="options">The options; null for the defaults: impute, clip to 10 robust deviations, standardise.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static InputGuardEstimator InputGuard(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, InputGuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), outputColumnName, inputColumnName, options ?? new());
    }
}
