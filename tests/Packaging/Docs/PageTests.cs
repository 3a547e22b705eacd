using System.Text.RegularExpressions;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>What the pages show works, and can be found.</summary>
public sealed partial class PageTests
{
    private static readonly ILookup<string, Type> Types = new[] { typeof(NeuralNetworkOptions), typeof(InputGuardCatalog) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .ToLookup(type => type.Name.Split('`')[0]);

    public static TheoryData<string> Pages { get; } = [.. PageExample.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_compiles(string page)
    {
        var examples = PageExample.Of(page);
        var errors = examples.SelectMany((example, i) => ExampleCompiler.Errors(example, examples.Take(i)));
        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_member_that_is_named_exists(string page)
    {
        var missing = NamedMember().Matches(File.ReadAllText(Repository.At(page)))
            .Where(match => Types.Contains(match.Groups["type"].Value))
            .Where(match => Types[match.Groups["type"].Value].All(type => type.GetMember(match.Groups["member"].Value).Length == 0))
            .Select(match => match.Value);
        Assert.Empty(missing);
    }

    [Fact]
    public void Examples_are_found_with_what_stands_before_them()
    {
        var example = PageExample.Of("docs/guard.md")[0];
        Assert.Equal("NeuralNetworkTransformer model = default!;", example.Before);
        Assert.StartsWith("foreach (var incident in", example.Code, StringComparison.Ordinal);
        Assert.Equal(File.ReadLines(Repository.At("docs/guard.md")).ElementAt(example.Line - 1), example.Code.Split('\n')[0]);
    }

    [Fact]
    public void An_example_that_does_not_compile_is_told_by_page_and_line()
    {
        var example = new PageExample("docs/some.md", 12, string.Empty, "var options = new NeuralNetworkOptions\n{\n    Epoch = 3,\n};\n");
        Assert.Equal("docs/some.md:14: 'NeuralNetworkOptions' does not contain a definition for 'Epoch'", Assert.Single(ExampleCompiler.Errors(example, [])));
    }

    [Fact]
    public void The_readme_leads_to_every_page()
    {
        var readme = File.ReadAllText(Repository.At("README.md"));
        Assert.All(
            PageExample.Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)),
            page => Assert.Contains($"]({page})", readme, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<![\w.])(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedMember();
}
