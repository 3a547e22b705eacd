namespace Samples.Cli;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class Closest
{
    /// <summary>The end of a sentence about a name that is not there: "; did you mean …?" when one is near, else a full stop.</summary>
    public static string Hint(string name, IEnumerable<string> names) =>
        Find(name, names) is { } near ? $"; did you mean \"{near}\"?" : ".";

    private static string? Find(string name, IEnumerable<string> names)
    {
        var best = names.Select(other => (Name: other, Distance: Distance(name.ToUpperInvariant(), other.ToUpperInvariant()))).DefaultIfEmpty().MinBy(pair => pair.Distance);
        return best.Name is not null && best.Distance <= Math.Max(1, name.Length / 3) ? best.Name : null;
    }

    // Levenshtein 1965: the fewest insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
