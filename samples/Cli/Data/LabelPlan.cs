using System.Globalization;

namespace Samples.Cli;

/// <summary>What a column teaches.</summary>
/// <param name="Column">The column.</param>
/// <param name="Task">The task.</param>
/// <param name="Classes">The classes in order, of two the positive one last; none in regression.</param>
/// <param name="Reason">Why this task.</param>
internal sealed record LabelPlan(ColumnProfile Column, TaskKind Task, IReadOnlyList<string> Classes, string Reason)
{
    private const int MostWholeNumbers = 20;

    /// <summary>Rows that teach nothing, because they have no label.</summary>
    public long Unlabelled => Column.Missing + (Task == TaskKind.Regression ? Column.Words : 0);

    /// <param name="column">The column.</param>
    /// <param name="asked">The task that is asked for; null to infer one.</param>
    /// <param name="positive">Of two classes the positive one; null for the last in order.</param>
    /// <exception cref="CliException">The column cannot teach the task.</exception>
    public static LabelPlan Make(ColumnProfile column, TaskKind? asked, string? positive)
    {
        var distinct = column.Counts.Count;
        var many = column.HasManyValues ? $"more than {ColumnProfile.MostDistinct}" : distinct.ToString(CultureInfo.InvariantCulture);
        var kind = column.IsNumeric ? (column.IsWhole ? "whole numbers" : "numbers") : "texts";
        if (distinct < 2)
        {
            throw CliException.Usage($"the label \"{column.Name}\" must hold two values or more; it holds {distinct}. Name another column by --label.");
        }

        var task = asked ?? Infer(column, distinct);
        var found = $"the label \"{column.Name}\" must hold {{0}}; it holds {many} distinct {kind}. Leave --task out, or name another column by --label.";
        var fits = task switch
        {
            TaskKind.Regression => (column.IsNumeric, "numbers for regression"),
            TaskKind.Binary => (distinct == 2, "two values for a binary task"),
            _ => (!column.HasManyValues, $"at most {ColumnProfile.MostDistinct} values for a multiclass task"),
        };
        if (!fits.Item1)
        {
            throw CliException.Usage(string.Format(CultureInfo.InvariantCulture, found, fits.Item2));
        }

        IReadOnlyList<string> classes = task == TaskKind.Regression ? [] : [.. Order(column)];
        if (positive is not null)
        {
            if (task != TaskKind.Binary || !classes.Contains(positive))
            {
                throw CliException.Usage($"--positive must be one of the two values of a binary task; got \"{positive}\", and the values of \"{column.Name}\" are {ColumnList.Text([.. column.Counts.Keys])}.");
            }

            classes = [.. classes.Where(name => name != positive), positive];
        }

        return new LabelPlan(column, task, classes, asked is null ? $"it holds {many} distinct {kind}; --task says otherwise" : "as --task says");
    }

    public override string ToString() => Task switch
    {
        TaskKind.Regression => $"regression of \"{Column.Name}\": {Reason}",
        TaskKind.Binary => $"binary classification of \"{Column.Name}\": {Reason}. Positive is \"{Classes[1]}\", negative \"{Classes[0]}\"; --positive says otherwise",
        _ => $"multiclass classification of \"{Column.Name}\": {Reason}. The classes are {ColumnList.Text(Classes)}",
    };

    private static TaskKind Infer(ColumnProfile column, int distinct) =>
        distinct == 2 ? TaskKind.Binary
        : column.IsNumeric && (!column.IsWhole || distinct > MostWholeNumbers) ? TaskKind.Regression
        : TaskKind.Multiclass;

    private static IEnumerable<string> Order(ColumnProfile column) => column.Words == 0 && column.IsWhole
        ? column.Counts.Keys.OrderBy(value => decimal.Parse(value, CultureInfo.InvariantCulture))
        : column.Counts.Keys.Order(StringComparer.OrdinalIgnoreCase).ThenBy(value => value, StringComparer.Ordinal);
}
