namespace MLNet.GradStability.Packaging.Tests;

/// <summary>Versions of Microsoft.ML and TorchSharp that the libraries can be packed with here: the first pair that the feeds give.</summary>
internal sealed record PackageVersions(string MLNet, string TorchSharp)
{
    /// <summary>Those that the library asks for, then the newest that it is tested with.</summary>
    private static readonly PackageVersions[] Candidates = [new("5.0.0", "0.102.7"), new("5.0.1", "0.107.0")];

    private static readonly Lazy<(PackageVersions? Versions, string? Missing)> Search = new(Find);

    /// <summary>The pair.</summary>
    public static PackageVersions Served => Search.Value.Versions ?? throw new InvalidOperationException(Missing);

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => Search.Value.Missing;

    /// <summary>What a build is told, to compile against the pair in a folder of its own.</summary>
    public IEnumerable<string> Arguments =>
    [
        "-p:Stack=packages",
        $"-p:MLNetVersion={MLNet}",
        $"-p:TorchSharpVersion={TorchSharp}",
        "-p:LibraryTargetFrameworks=net10.0",
        $"-p:ArtifactsPath={Repository.At("artifacts/packing-tests/")}",
    ];

    private static (PackageVersions? Versions, string? Missing) Find()
    {
        var answers = new List<string>();
        foreach (var versions in Candidates)
        {
            var restore = DotnetCommand.Build(["restore", "src/Trainers", "-v", "quiet", "-nologo", .. versions.Arguments]);
            if (restore.ExitCode == 0)
            {
                return (versions, null);
            }

            answers.Add($"Microsoft.ML {versions.MLNet} with TorchSharp {versions.TorchSharp}");
            if (!restore.Output.Contains("NU1", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(restore.Output);
            }
        }

        return (null, $"Packages are made with the real Microsoft.ML and TorchSharp, and the feeds give neither {string.Join(" nor ", answers)}.");
    }
}
