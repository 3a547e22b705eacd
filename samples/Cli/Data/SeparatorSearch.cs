namespace Samples.Cli;

/// <summary>Finds what stands between the fields of a file by its first lines.</summary>
internal static class SeparatorSearch
{
    private const int Lines = 50;

    /// <summary>The candidate that splits most lines into as many fields as the first, and into most fields; comma when there is none.</summary>
    public static char Find(string path)
    {
        var lines = File.ReadLines(path).Where(line => line.Length > 0).Take(Lines).ToList();
        return CsvLayout.Separators.Values
            .Select(separator => (Separator: separator, Counts: lines.ConvertAll(line => CountOutsideQuotes(line, separator))))
            .Where(candidate => candidate.Counts.Count > 0 && candidate.Counts[0] > 0)
            .OrderByDescending(candidate => candidate.Counts.Count(count => count == candidate.Counts[0]) * candidate.Counts[0])
            .Select(candidate => candidate.Separator)
            .DefaultIfEmpty(',')
            .First();
    }

    private static int CountOutsideQuotes(string line, char separator)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            quoted ^= c == '"';
            count += !quoted && c == separator ? 1 : 0;
        }

        return count;
    }
}
