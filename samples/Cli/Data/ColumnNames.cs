namespace Samples.Cli;

/// <summary>Names for the columns a pipeline makes, none of which a column of the file has.</summary>
internal sealed record ColumnNames(string Label, string Numbers, string Features)
{
    public static ColumnNames Beside(DataPlan plan)
    {
        var taken = plan.Table.Columns.Select(column => column.Name).ToHashSet();
        return new ColumnNames(
            plan.Label.Task == TaskKind.Regression ? plan.Label.Column.Name : Free("Label", taken), Free("Numbers", taken), Free("Features", taken));
    }

    /// <summary>The name, with as many underscores behind it as it needs to be new.</summary>
    public static string Free(string name, IReadOnlySet<string> taken) => taken.Contains(name) ? Free(name + "_", taken) : name;
}
