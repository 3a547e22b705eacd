using System.Text.RegularExpressions;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>A C# example on a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The first line of code, from 1.</param>
/// <param name="Before">Code that the page has before it in a comment, <c>&lt;!-- csharp: Tensor x = default!; --&gt;</c>: what the reader is taken to have already.</param>
/// <param name="Code">The example.</param>
internal sealed partial record PageExample(string Page, int Line, string Before, string Code)
{
    /// <summary>The pages for users, those of the packages among them, from the root of the repository.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md",
        "src/Trainers/README.md",
        "src/Transforms/README.md",
        .. Directory.EnumerateFiles(Repository.At("docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The examples of a page, from top to bottom.</summary>
    public static IReadOnlyList<PageExample> Of(string page)
    {
        var text = File.ReadAllText(Repository.At(page)).ReplaceLineEndings("\n");
        return
        [
            .. Block().Matches(text).Select(match =>
                new PageExample(page, 1 + text.AsSpan(0, match.Groups["code"].Index).Count('\n'), match.Groups["before"].Value, match.Groups["code"].Value)),
        ];
    }

    [GeneratedRegex(@"(<!-- csharp: (?<before>((?! -->).)*) -->\n\s*)?^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
