using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms by the user's own functions.</summary>
public static class CustomMappingCatalog
{
    /// <summary>Maps rows by a function; a model that holds it can be saved if it has a contract name.</summary>
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(this TransformsCatalog catalog, Action<TSrc, TDst> mapAction,
        string contractName, SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new() =>
        new(catalog.GetEnvironment(), new(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition));
}
