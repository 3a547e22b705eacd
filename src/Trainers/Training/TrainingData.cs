using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>What a column is to a training.</summary>
public enum ColumnRole
{
    /// <summary>The network's input.</summary>
    Features,

    /// <summary>What it learns.</summary>
    Label,

    /// <summary>What each row's loss counts.</summary>
    Weight,
}

/// <summary>A column that a network was trained on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as ML.NET names it.</param>
/// <param name="Role">What it is to the training.</param>
/// <param name="Slots">Names of the numbers of a vector, at most 1000 of them; empty when they have none.</param>
public sealed record DataColumn(string Name, string Type, ColumnRole Role, IReadOnlyList<string> Slots);

/// <summary>The columns and rows that a network was trained on.</summary>
/// <param name="Rows">Rows it was trained on.</param>
/// <param name="ValidationRows">Rows it was validated with; 0 without validation.</param>
/// <param name="Columns">The columns that the trainer reads.</param>
/// <param name="Outputs">Names of the network's outputs, at most 1000 of them: the classes, or what a vector label holds. Empty when they have none.</param>
public sealed record TrainingData(long Rows, long ValidationRows, IReadOnlyList<DataColumn> Columns, IReadOnlyList<string> Outputs)
{
    private const int MostNames = 1000;

    internal static TrainingData Of(TrainingRows rows, LearningTask task)
    {
        var columns = rows.Columns;
        List<DataColumn> read = [.. columns.Features.Select(features => Column(features, ColumnRole.Features)), Column(columns.Label, ColumnRole.Label)];
        if (columns.Weight is { } weight)
        {
            read.Add(Column(weight, ColumnRole.Weight));
        }

        return new TrainingData(rows.Training.Rows, rows.Validation?.Rows ?? 0, read, Names(task.Names));
    }

    internal static IReadOnlyList<string> Names(KeyValues? values) => values is null ? [] : [.. Enumerable.Range(0, Math.Min(values.Count, MostNames)).Select(values.PlainTextOf)];

    private static DataColumn Column(DataViewSchema.Column column, ColumnRole role) =>
        new(column.Name, $"{column.Type}", role, Names(KeyValues.Of(column, ScoreAnnotations.SlotNames)));
}
