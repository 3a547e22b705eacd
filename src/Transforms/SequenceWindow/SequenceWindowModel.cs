using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>What windowing is made of.</summary>
/// <param name="OutputColumnName">The column of windows.</param>
/// <param name="InputColumnName">The column of one step.</param>
/// <param name="TargetColumnName">The column of targets; null for none.</param>
/// <param name="Length">T, the rows of a window.</param>
/// <param name="Width">F, the numbers of a step.</param>
/// <param name="IsVector">Whether a step is a vector; otherwise one Single.</param>
/// <param name="Options">The options.</param>
internal sealed record SequenceWindowModel(
    string OutputColumnName, string InputColumnName, string? TargetColumnName, int Length, int Width, bool IsVector, SequenceWindowOptions Options)
{
    /// <summary>The type of a window.</summary>
    public VectorDataViewType WindowType { get; } = new(NumberDataViewType.Single, Length, Width);

    /// <summary>The column that the target is taken from.</summary>
    public string TargetInputColumnName => Options.TargetInputColumnName ?? InputColumnName;

    /// <summary>The rows from the first of a window to its target.</summary>
    public long Span => TargetColumnName is null ? Length : (long)Length + Options.Ahead;

    /// <summary>Whether rows of a schema hold one step each, as in fitting.</summary>
    /// <exception cref="ArgumentException">The column is missing.</exception>
    public bool HoldsSteps(DataViewSchema schema) =>
        SequenceWindowColumns.Find(schema, "inputColumnName", InputColumnName).Type is var type && (type is VectorDataViewType) == IsVector && Count(type) == Width;

    /// <summary>Whether rows of a schema hold a whole window each: T·F numbers, the oldest step first.</summary>
    /// <exception cref="ArgumentException">The column is missing.</exception>
    public bool HoldsWindows(DataViewSchema schema) => Count(SequenceWindowColumns.Find(schema, "inputColumnName", InputColumnName).Type) == WindowType.Size;

    /// <summary>How many Single a column holds; 0 when it holds something else.</summary>
    public static int Count(DataViewType type) => type == NumberDataViewType.Single ? 1
        : type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? vector.Size : 0;
}
