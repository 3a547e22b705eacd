namespace MLNet.GradStability.Packaging.Tests;

/// <summary>Both libraries and the template, packed once for all tests.</summary>
public sealed class PackedLibraries
{
    private const string Version = "0.0.1-test";
    private readonly Lazy<string> _folder = new(Pack);

    /// <summary>A package that came of it, such as <c>MLNet.GradStability</c> or that of its symbols.</summary>
    internal Package Read(string id, string kind = "nupkg") => new(Path.Combine(_folder.Value, $"{id}.{Version}.{kind}"));

    /// <summary>The names of all packages that came of it.</summary>
    internal IEnumerable<string> Names => Directory.EnumerateFiles(_folder.Value).Select(path => Path.GetFileName(path).Replace("." + Version, string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Pack()
    {
        var folder = Repository.At("artifacts/packing-tests/made");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var project in new[] { "src/Transforms", "src/Trainers", "src/Templates" })
        {
            var pack = DotnetCommand.Build(["pack", project, "-c", "Release", "-v", "quiet", "-nologo", "-o", folder, $"-p:Version={Version}", .. PackageVersions.Served.Arguments]);
            Assert.True(pack.ExitCode == 0, pack.Output);
        }

        return folder;
    }
}
