using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Windowing as ML.NET users look for it: <c>ml.Transforms.SequenceWindow("Features", "Value", 24, "Label")</c>.</summary>
public static class SequenceWindowCatalog
{
    /// <summary>Makes sliding windows of rows in order, a vector [length × features] each, and the targets that stand ahead of them.</summary>
    /// <param name="catalog"><c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">The column of windows to add; it hides one of the same name.</param>
    /// <param name="inputColumnName">The column of steps: a Single, or a vector of Single of known size.</param>
    /// <param name="length">T, the rows of a window, 1 or greater.</param>
    /// <param name="targetColumnName">The column of targets to add; null for none.</param>
    /// <param name="options">The options; null for the defaults: the next row's value, a window at every row, one series.</param>
    /// <exception cref="ArgumentException">A name is empty or used twice, or the length is below 1.</exception>
    public static SequenceWindowEstimator SequenceWindow(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, int length, string? targetColumnName = null, SequenceWindowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), outputColumnName, inputColumnName, length, targetColumnName, options ?? new());
    }
}
