namespace MLNet.GradStability.Packaging.Tests;

/// <summary>Which lines of a listing went and which came, each change under the type that it is in.</summary>
internal static class LineDifference
{
    /// <summary>Lines that went start with "-", lines that came with "+", the types around them with a space; empty where nothing changed.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var common = LengthsOfCommon(before, after);
        var result = new List<string>();
        string? shown = null;
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var went = j == after.Count || (i < before.Count && common[i + 1, j] >= common[i, j + 1]);
            var around = went ? TypeAround(before, i) : TypeAround(after, j);
            if (around is not null && around != shown)
            {
                result.Add("  " + around);
                shown = around;
            }

            result.Add(went ? "- " + before[i++] : "+ " + after[j++]);
        }

        return result;
    }

    /// <summary>At [i, j]: how many lines the rests from i and from j have in common, in order.</summary>
    private static int[,] LengthsOfCommon(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static string? TypeAround(IReadOnlyList<string> lines, int index)
    {
        var depth = Depth(lines[index]);
        for (var i = index - 1; i >= 0; i--)
        {
            if (Depth(lines[i]) < depth && lines[i].Trim() is not ("{" or "}"))
            {
                return lines[i];
            }
        }

        return null;
    }

    private static int Depth(string line) => line.Length - line.TrimStart().Length;
}
