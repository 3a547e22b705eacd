namespace Microsoft.ML.Data;

/// <summary>Maps single rows, so that a prediction needs no data view.</summary>
public interface IRowToRowMapper
{
    /// <summary>The schema of the input rows.</summary>
    DataViewSchema InputSchema { get; }

    /// <summary>The schema of the output rows.</summary>
    DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that the given output columns need.</summary>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

    /// <summary>An output row that follows <paramref name="input"/>; disposing it disposes the input.</summary>
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}
