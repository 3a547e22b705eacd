using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Something that learns a transformer from data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    /// <summary>Learns from the data.</summary>
    TTransformer Fit(IDataView input);

    /// <summary>The shape of what the transformer will give, or an exception if the input does not fit.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>A fixed map from data view to data view.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether each output row depends on its input row alone.</summary>
    bool IsRowToRowMapper { get; }

    /// <summary>The schema of what <see cref="Transform"/> gives.</summary>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>Transforms, lazily.</summary>
    IDataView Transform(IDataView input);

    /// <summary>A map of single rows.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

/// <summary>Something that can write itself into a model file.</summary>
public interface ICanSaveModel
{
    /// <summary>Writes the model.</summary>
    void Save(ModelSaveContext ctx);
}

/// <summary>Loads data of one schema from a source.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    /// <summary>Opens the source, lazily.</summary>
    IDataView Load(TSource input);

    /// <summary>The schema of what is loaded.</summary>
    DataViewSchema GetOutputSchema();
}
