using System.Runtime.CompilerServices;

namespace MLNet.GradStability.Tests;

/// <summary>Compares the C# examples of a page with code that a test compiles and runs, marked with <c>// &lt;example&gt;</c>.</summary>
internal static class PageExamples
{
    /// <summary>Asserts that they are the same, line by line but for indentation.</summary>
    /// <param name="page">The page, from the root of the repository.</param>
    /// <param name="names">Texts on the page and the names that stand for them in the code.</param>
    /// <param name="test">The file of the test.</param>
    public static void AssertSame(string page, IReadOnlyDictionary<string, string>? names = null, [CallerFilePath] string test = "")
    {
        Assert.Equal(
            Between(Path(page), "```csharp", "```").Select(line => (names ?? new Dictionary<string, string>()).Aggregate(line, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal))),
            Between(test, "// <example>", "// </example>"));
    }

    /// <summary>A page, from the root of the repository.</summary>
    public static string Path(string page, [CallerFilePath] string here = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", page);

    private static IEnumerable<string> Between(string path, string start, string end)
    {
        var inside = false;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            inside = line != end && (inside || line == start);
            if (inside)
            {
                yield return line == start ? "---" : line;
            }
        }
    }
}
