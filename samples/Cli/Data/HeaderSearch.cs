namespace Samples.Cli;

/// <summary>Finds whether the first row of a file holds names, and the names.</summary>
internal static class HeaderSearch
{
    /// <summary>
    /// It does when it holds an expected name; else when none of its fields is a number and most of them stand nowhere else in their columns.
    /// </summary>
    public static bool HasHeader(IReadOnlyList<string[]> rows, IReadOnlyCollection<string> expected)
    {
        var first = rows[0];
        if (first.Any(field => expected.Contains(field.Trim())))
        {
            return true;
        }

        var again = first.Where((field, i) => rows.Skip(1).Any(row => i < row.Length && row[i] == field)).Count();
        return !first.Any(field => Cell.IsNumber(field, '.') || Cell.IsNumber(field, ',')) && again <= first.Length / 2;
    }

    /// <summary>A name for each field: unnamed ones become <c>column3</c>, and one that is there already gets a number.</summary>
    public static IReadOnlyList<string> Names(string[] first, bool hasHeader)
    {
        var names = new List<string>();
        for (var i = 0; i < first.Length; i++)
        {
            var given = hasHeader ? first[i].Trim() : string.Empty;
            var name = given.Length > 0 ? given : $"column{i + 1}";
            for (var twin = 2; names.Contains(name); twin++)
            {
                name = $"{given}_{twin}";
            }

            names.Add(name);
        }

        return names;
    }
}
