using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Where the numbers of a training come from: feature, label and weight columns, found and checked in a schema.</summary>
/// <param name="Features">A vector of Single of known size.</param>
/// <param name="Label">The label.</param>
/// <param name="Weight">Single; null when rows are not weighed.</param>
internal sealed record InputColumns(DataViewSchema.Column Features, DataViewSchema.Column Label, DataViewSchema.Column? Weight)
{
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [Features, Label, weight] : [Features, Label];

    public static InputColumns Find(DataViewSchema schema, NeuralNetworkOptions options, LabelRule label)
    {
        var features = Find(schema, options.FeatureColumnName, nameof(options.FeatureColumnName));
        CheckFeatures(features.Name, features.Type);
        var labels = Find(schema, options.LabelColumnName, nameof(options.LabelColumnName));
        label.Check(labels.Name, labels.Type);
        if (options.ExampleWeightColumnName is not { } weightName)
        {
            return new(features, labels, null);
        }

        var weight = Find(schema, weightName, nameof(options.ExampleWeightColumnName));
        if (weight.Type != NumberDataViewType.Single)
        {
            throw ColumnErrors.WrongType("example weight", weightName, "Single", weight.Type, "Append Conversion.ConvertType.");
        }

        return new(features, labels, weight);
    }

    /// <summary>Throws unless the type is a vector of Single of known size.</summary>
    public static void CheckFeatures(string name, DataViewType type)
    {
        if (type is VectorDataViewType { IsKnownSize: false })
        {
            throw ColumnErrors.WrongType("feature", name, "a vector of Single of known size", type, "Give the vector's size in the loader, or featurize it to a fixed length first.");
        }

        if (type is not VectorDataViewType { ItemType: var item } || item != NumberDataViewType.Single)
        {
            throw ColumnErrors.WrongType("feature", name, "a vector of Single of known size", type, "Append Concatenate for the columns, after Conversion.ConvertType where they are not Single.");
        }
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string option) =>
        schema.GetColumnOrNull(name) ?? throw ColumnErrors.Missing(name, option, schema.Select(column => column.Name));
}
