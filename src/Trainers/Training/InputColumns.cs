using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Where the numbers of a training come from: feature, label and weight columns, found and checked in a schema.</summary>
/// <param name="Features">The feature columns.</param>
/// <param name="Inputs">How their numbers and keys lie in a row.</param>
/// <param name="Label">The label, one value or a vector of known size.</param>
/// <param name="Weight">Single; null when rows are not weighed.</param>
internal sealed record InputColumns(IReadOnlyList<DataViewSchema.Column> Features, InputLayout Inputs, DataViewSchema.Column Label, DataViewSchema.Column? Weight)
{
    private const int MostListed = 8;

    /// <summary>Numbers and keys of a row.</summary>
    public int FeatureCount => Inputs.Size;

    /// <summary>Numbers of a label.</summary>
    public int LabelCount => Label.Type is VectorDataViewType vector ? vector.Size : 1;

    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [.. Features, Label, weight] : [.. Features, Label];

    public static InputColumns Find(DataViewSchema schema, NeuralNetworkOptions options, LabelRule label)
    {
        var features = InputLayout.Find(schema, options);
        var inputs = InputLayout.Of(features);
        options.Network.Shape?.CheckColumns(features, inputs);
        var labels = Find(schema, options.LabelColumnName, nameof(options.LabelColumnName));
        label.Check(labels.Name, labels.Type);
        if (options.ExampleWeightColumnName is not { } weightName)
        {
            return new(features, inputs, labels, null);
        }

        var weight = Find(schema, weightName, nameof(options.ExampleWeightColumnName));
        if (weight.Type != NumberDataViewType.Single)
        {
            throw ColumnErrors.WrongType("example weight", weightName, "Single", weight.Type, "Append Conversion.ConvertType.");
        }

        return new(features, inputs, labels, weight);
    }

    /// <summary>Throws unless features and label mean what they mean in the training data: as many features, the same classes, and labels of the same size.</summary>
    public void CheckSameAs(InputColumns training)
    {
        if (Inputs.FirstOther(training.Inputs) is { } other)
        {
            throw other.Found.HasOtherValues(other.Training)
                ? ColumnErrors.NotAsInTraining("feature", other.Found.Name, "a key of the same values", "one of others")
                : ColumnErrors.NotAsInTraining("feature", other.Found.Name, other.Training.Describe(), other.Found.Describe());
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

    /// <summary>The column, and its slot, that the number at a place of a row comes from.</summary>
    public (DataViewSchema.Column Column, int Slot) ColumnAt(int place)
    {
        var column = Enumerable.Range(0, Features.Count).Last(i => !Inputs.Columns[i].IsKey && Inputs.PlaceOf(i) <= place);
        return (Features[column], place - Inputs.PlaceOf(column));
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
