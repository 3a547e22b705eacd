using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Where the numbers of a training come from: feature, label and weight columns, found and checked in a schema.</summary>
/// <param name="Features">A vector of Single of known size.</param>
/// <param name="Label">The label, one value or a vector of known size.</param>
/// <param name="Weight">Single; null when rows are not weighed.</param>
internal sealed record InputColumns(DataViewSchema.Column Features, DataViewSchema.Column Label, DataViewSchema.Column? Weight)
{
    private const int MostListed = 8;

    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>Numbers of a label.</summary>
    public int LabelCount => Label.Type is VectorDataViewType vector ? vector.Size : 1;

    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [Features, Label, weight] : [Features, Label];

    public static InputColumns Find(DataViewSchema schema, NeuralNetworkOptions options, LabelRule label)
    {
        var features = Find(schema, options.FeatureColumnName, nameof(options.FeatureColumnName));
        CheckFeatures(features.Name, features.Type);
        options.Network.Shape?.CheckColumn(features.Name, (VectorDataViewType)features.Type);
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

    /// <summary>Throws unless features and label mean what they mean in the training data: as many features, the same classes, and labels of the same size.</summary>
    public void CheckSameAs(InputColumns training)
    {
        if (FeatureCount != training.FeatureCount)
        {
            throw ColumnErrors.NotAsInTraining("feature", Features.Name, $"a vector of {training.FeatureCount} Single", $"one of {FeatureCount}");
        }

        if (Label.Type is VectorDataViewType != training.Label.Type is VectorDataViewType || LabelCount != training.LabelCount)
        {
            throw ColumnErrors.NotAsInTraining("label", Label.Name, $"{training.Label.Type}", $"{Label.Type}");
        }

        if (Label.Type is KeyDataViewType found && training.Label.Type is KeyDataViewType key)
        {
            var (classes, expected) = (Classes(Label, found), Classes(training.Label, key));
            if (!classes.SequenceEqual(expected))
            {
                throw ColumnErrors.NotAsInTraining("label", Label.Name, $"a key of {List(expected)}", $"one of {List(classes)}");
            }
        }
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

    private static string[] Classes(DataViewSchema.Column label, KeyDataViewType key)
    {
        var values = KeyValues.Of(label);
        return [.. Enumerable.Range(0, (int)key.Count).Select(i => values?.TextOf(i) ?? FormattableString.Invariant($"{i + 1}"))];
    }

    private static string List(string[] classes) =>
        classes.Length <= MostListed ? $"[{string.Join(", ", classes)}]" : $"{classes.Length} values, [{string.Join(", ", classes.Take(MostListed))}, …]";

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string option) =>
        schema.GetColumnOrNull(name) ?? throw ColumnErrors.Missing(name, option, schema.Select(column => column.Name));
}
