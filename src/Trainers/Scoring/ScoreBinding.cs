using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>A trained network bound to an input schema: which columns it reads and which columns it adds.</summary>
internal sealed class ScoreBinding
{
    private readonly IReadOnlyList<ScoreColumn> _added;

    public ScoreBinding(TrainedNetwork model, DataViewSchema input)
    {
        Model = model;
        InputSchema = input;
        Features = InputLayout.Find(input, model.Options);
        if (InputLayout.Of(Features).FirstOther(model.Inputs) is { } other)
        {
            throw other.Found.HasOtherValues(other.Training)
                ? ColumnErrors.NotAsInTraining("feature", other.Found.Name, "a key of the same values", "one of others")
                : ColumnErrors.WrongType("feature", other.Found.Name, $"{other.Training.Describe()}, as in training", input[other.Found.Name].Type, "Score with the columns that the model was trained with.");
        }

        _added = model.Task.Columns(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(_added.Select(column => column.Column));
        OutputSchema = builder.ToSchema();
    }

    public TrainedNetwork Model { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The feature columns, in the order of the model's.</summary>
    public IReadOnlyList<DataViewSchema.Column> Features { get; }

    /// <summary>Whether the column of the output schema is one of those that scoring adds.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>The input columns needed for the given output columns.</summary>
    public IEnumerable<DataViewSchema.Column> InputsFor(IEnumerable<DataViewSchema.Column> outputs)
    {
        var indices = new SortedSet<int>();
        foreach (var column in outputs)
        {
            indices.UnionWith(IsAdded(column) ? Features.Select(feature => feature.Index) : [column.Index]);
        }

        return indices.Select(index => InputSchema[index]);
    }

    /// <summary>Makes the getter of an added column.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type than <typeparamref name="TValue"/>.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, CurrentScores scores) =>
        _added[column.Index - InputSchema.Count].CreateGetter(scores) as ValueGetter<TValue>
        ?? throw WrongValueType(column, typeof(TValue));

    /// <summary>The error for a getter of the wrong type.</summary>
    public static InvalidOperationException WrongValueType(DataViewSchema.Column column, Type asked) =>
        new($"The column \"{column.Name}\" must be read as {column.Type.RawType}; {asked} was asked for. Use the column's own type.");
}
