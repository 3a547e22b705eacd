using System.Reflection;
using PublicApiGenerator;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>The public members of each library are those of its PublicApi.txt: whoever changes them does so on purpose.</summary>
public sealed class PublicApiTests
{
    /// <summary>Set by eng/accept-api.sh: the files are written anew.</summary>
    private const string Accept = "ACCEPT_PUBLIC_API";

    public static TheoryData<Assembly, string> Libraries { get; } = new()
    {
        { typeof(NeuralNetworkOptions).Assembly, "src/Trainers/PublicApi.txt" },
        { typeof(InputGuardCatalog).Assembly, "src/Transforms/PublicApi.txt" },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_members_are_those_approved(Assembly library, string file)
    {
        var listing = library.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").Trim() + "\n";
        var approved = Repository.At(file);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(approved, listing);
        }

        var changes = LineDifference.Of(Lines(File.ReadAllText(approved)), Lines(listing));
        Assert.True(
            changes.Count == 0,
            $"""
            The public API of {library.GetName().Name} is not that of {file}:

            {string.Join('\n', changes)}

            A line with - is gone for users, which is a breaking change unless a + line stands for it. If all of this is meant, run eng/accept-api.sh and commit
            the file; the versioning policy is in CONTRIBUTING.md.
            """);
    }

    private static string[] Lines(string text) => text.Split('\n');
}
