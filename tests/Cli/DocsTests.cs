using System.Text.RegularExpressions;

namespace MLNet.GradStability.Cli.Tests;

public sealed partial class DocsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_commands_of_the_page_run()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data"), "*.csv"))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "cli.md"));
        var commands = Blocks().Matches(page).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.True(commands.Count >= 10);
        Assert.All(commands, command => Assert.StartsWith("gradstab ", command, StringComparison.Ordinal));
        foreach (var command in commands)
        {
            Gradstab.Type(_folder.FullName, command["gradstab ".Length..]).Exits(0);
        }
    }

    [Fact]
    public void Help_shows_options_kinds_and_examples()
    {
        var help = Gradstab.Type(_folder.FullName, "train --help").Exits(0).Output;
        Assert.Contains("Examples:", help, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done", help, StringComparison.Ordinal);
        Assert.Contains("zclip", help, StringComparison.Ordinal);
        Assert.Contains("lr-find", Gradstab.Type(_folder.FullName, "--help").Exits(0).Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", Gradstab.Type(_folder.FullName, "--version").Exits(0).Output);
    }

    [GeneratedRegex("^```gradstab\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
