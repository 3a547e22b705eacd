namespace Samples.Cli;

/// <summary>Which columns of a file are learned from, and how.</summary>
/// <param name="Table">The file.</param>
/// <param name="Label">What is learned.</param>
/// <param name="Numbers">Columns taken as numbers.</param>
/// <param name="Texts">Columns taken as categories.</param>
/// <param name="Weight">The column that weighs rows, or null.</param>
/// <param name="Notes">What was inferred and left out, in words.</param>
internal sealed record DataPlan(
    CsvTable Table, LabelPlan Label, IReadOnlyList<ColumnProfile> Numbers, IReadOnlyList<ColumnProfile> Texts, ColumnProfile? Weight, IReadOnlyList<string> Notes)
{
    private const int MostCategories = 100;
    private const int FewestRowsToCount = 10;

    /// <exception cref="CliException">A name fits no column, or nothing is left to learn from.</exception>
    public static DataPlan Make(CsvTable table, DataRequest request)
    {
        var label = LabelPlan.Make(table.Find(request.Label, "--label"), request.Task, request.Positive);
        var weight = request.Weight is { } name ? table.Find(name, "--weight") : null;
        if (weight is { IsNumeric: false })
        {
            throw CliException.Usage($"--weight must name a column of numbers; \"{weight.Name}\" holds texts such as \"{weight.FirstWord?.Value}\".");
        }

        var named = ColumnList.Match(table, request.Features, "--features");
        var ignored = ColumnList.Match(table, request.Ignore, "--ignore");
        if (named.Contains(label.Column))
        {
            throw CliException.Usage($"--features must not hold the label; \"{label.Column.Name}\" is both. Leave it out of one.");
        }

        var notes = new List<string> { $"{table.Path}: {table.Rows} rows, {table.Columns.Count} columns, {table.Layout}", label.ToString() };
        var chosen = table.Columns.Where(column => column != label.Column && column != weight && !ignored.Contains(column) && (named.Count == 0 || named.Contains(column))).ToList();
        Drop(chosen, column => column.IsEmpty, "without any value", notes);
        Drop(chosen, column => !column.IsNumeric && column.Counts.Count > MostCategories && !named.Contains(column), $"of more than {MostCategories} distinct texts, which --features takes in", notes);
        if (chosen.Count == 0)
        {
            throw CliException.Usage($"there must be a column to learn from; of {ColumnList.Text(table.Columns)} none is left beside the label. Give --features, or leave --ignore out.");
        }

        var numbers = chosen.Where(column => column.IsNumeric).ToList();
        var texts = chosen.Except(numbers).ToList();
        notes.Add($"learning from {Count(numbers.Count, "column")} of numbers" + (texts.Count > 0 ? $" and {Count(texts.Count, "column")} of texts, as categories ({ColumnList.Text(texts)})" : string.Empty));
        notes.AddRange(Remarks(table, label, numbers, weight));
        return new DataPlan(table, label, numbers, texts, weight, notes);
    }

    private static IEnumerable<string> Remarks(CsvTable table, LabelPlan label, List<ColumnProfile> numbers, ColumnProfile? weight)
    {
        foreach (var column in numbers.Where(column => column.FirstWord is not null))
        {
            yield return $"\"{column.Name}\" is a column of numbers; {Count(column.Words, "value")} of another kind, the first \"{column.FirstWord!.Value.Value}\" in row {column.FirstWord.Value.Row}, {(column.Words == 1 ? "is" : "are")} taken as missing";
        }

        foreach (var column in numbers.Where(column => column.CountsRows && column.Numbers >= FewestRowsToCount))
        {
            yield return $"\"{column.Name}\" counts the rows, as an identifier does: --ignore {column.Name} leaves it out";
        }

        if (numbers.Sum(column => column.Missing + column.Words) is > 0 and var missing)
        {
            yield return $"{Count(missing, "missing number")} will be replaced by the median of the column";
        }

        if (table.ShortRows > 0)
        {
            yield return $"{Count(table.ShortRows, "row")} with fewer fields than columns: what is not there is missing";
        }

        if (label.Unlabelled > 0)
        {
            yield return $"{Count(label.Unlabelled, "row")} without a label left out";
        }

        if (weight is not null && weight.Missing + weight.Words is > 0 and var weightless)
        {
            yield return $"{Count(weightless, "row")} without a weight left out";
        }
    }

    private static void Drop(List<ColumnProfile> columns, Predicate<ColumnProfile> test, string what, List<string> notes)
    {
        var dropped = columns.FindAll(test);
        columns.RemoveAll(test);
        if (dropped.Count > 0)
        {
            notes.Add($"left out {Count(dropped.Count, "column")} {what}: {ColumnList.Text(dropped)}");
        }
    }

    private static string Count(long count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
