using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>The scores of the row at hand, one number an output of the network.</summary>
internal delegate ReadOnlySpan<float> CurrentScores();

/// <summary>A column that scoring adds, and how its value comes from the scores.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="CreateGetter">Makes the column's <see cref="ValueGetter{TValue}"/> over the scores of a row.</param>
internal sealed record ScoreColumn(DataViewSchema.DetachedColumn Column, Func<CurrentScores, Delegate> CreateGetter);
