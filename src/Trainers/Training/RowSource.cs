using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Where rows come from, and how they are read.</summary>
/// <param name="Data">The data.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rule">What a label must be.</param>
/// <param name="Part">The side of a split to read; null for all rows.</param>
/// <param name="Scaling">Scales the features; null leaves them as they are.</param>
/// <param name="Hash">Takes in the rows as they came, in the first pass; null when nobody asks.</param>
/// <param name="Ranks">The processes that share the rows; null for this one alone.</param>
internal sealed record RowSource(IDataView Data, InputColumns Columns, LabelRule Rule, RowPart? Part = null, FeatureScaling? Scaling = null, RowHash? Hash = null, ICollective? Ranks = null)
{
    public RowReader Open() => new(this);

    /// <summary>An empty buffer for so many rows.</summary>
    /// <param name="capacity">Rows that fit.</param>
    /// <param name="expected">Rows that will come; null when unknown.</param>
    public RowBuffer NewBuffer(int capacity, long? expected) => new(Columns.FeatureCount, Columns.LabelCount, Columns.Weight is not null, expected, capacity);
}
