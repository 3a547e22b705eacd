namespace Samples.Cli;

/// <summary>Lists of columns in messages.</summary>
internal static class ColumnList
{
    private const int Most = 20;

    public static string Text(IReadOnlyCollection<ColumnProfile> columns) => Text([.. columns.Select(column => column.Name)]);

    public static string Text(IReadOnlyCollection<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more";

    /// <summary>The names that patterns such as <c>pixel*</c> stand for, in the order of the columns.</summary>
    /// <exception cref="CliException">A pattern fits no column.</exception>
    public static IReadOnlySet<ColumnProfile> Match(CsvTable table, IEnumerable<string> patterns, string option)
    {
        var found = new HashSet<ColumnProfile>();
        foreach (var pattern in patterns.SelectMany(pattern => table.Columns.Any(column => column.Name == pattern) ? [pattern] : pattern.Split(',', StringSplitOptions.TrimEntries)))
        {
            var matches = pattern.Contains('*')
                ? table.Columns.Where(column => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, column.Name, ignoreCase: false)).ToList()
                : [table.Find(pattern, option)];
            if (matches.Count == 0)
            {
                throw CliException.Usage($"{option} must name columns of \"{table.Path}\"; \"{pattern}\" fits none. The columns are: {Text(table.Columns)}.");
            }

            found.UnionWith(matches);
        }

        return found;
    }
}
