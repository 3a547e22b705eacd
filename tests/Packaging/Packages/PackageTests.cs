using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>What is in the packages and what they depend on. They are made here and published nowhere.</summary>
public sealed class PackageTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    private const string Trainers = "MLNet.GradStability";
    private const string Transforms = "MLNet.GradStability.Transforms";
    private const string Templates = "MLNet.GradStability.Templates";

    [PackagesFact]
    public void Each_library_is_a_package_with_symbols_and_the_template_is_one() =>
        Assert.Equal([$"{Templates}.nupkg", $"{Trainers}.Transforms.nupkg", $"{Trainers}.Transforms.snupkg", $"{Trainers}.nupkg", $"{Trainers}.snupkg"], packed.Names);

    [PackagesFact]
    public void A_package_holds_one_library_with_its_docs_and_no_native_code()
    {
        foreach (var id in new[] { Trainers, Transforms })
        {
            Assert.Equal(["CHANGELOG.md", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], packed.Read(id).Files);
            Assert.Equal([$"lib/net10.0/{id}.pdb"], packed.Read(id, "snupkg").Files);
        }
    }

    [PackagesFact]
    public void The_template_is_text_alone()
    {
        const string Folder = "content/gradstab/";
        var package = packed.Read(Templates);
        Assert.Equal(
            ["CHANGELOG.md", "README.md", $"{Folder}.template.config/template.json", $"{Folder}GradStabApp.csproj", $"{Folder}Program.cs", $"{Folder}Row.cs", $"{Folder}data.csv", "icon.png"],
            package.Files);
        Assert.Empty(package.Dependencies);
        Assert.Equal("Template", (string?)package.Field("packageTypes")?.Elements().Single().Attribute("name"));
    }

    [PackagesFact]
    public void Dependencies_are_the_real_packages_and_bring_no_libtorch()
    {
        var versions = PackageVersions.Served;
        Assert.Equal(
            [
                "net10.0: Google.Protobuf 3.21.9",
                $"net10.0: {Transforms} 0.0.1-test",
                $"net10.0: Microsoft.ML {versions.MLNet}",
                $"net10.0: TorchSharp {versions.TorchSharp}",
            ],
            packed.Read(Trainers).Dependencies);
        Assert.Equal([$"net10.0: Microsoft.ML {versions.MLNet}"], packed.Read(Transforms).Dependencies);
    }

    [PackagesFact]
    public void The_libraries_were_compiled_against_the_real_assemblies()
    {
        var trainers = packed.Read(Trainers).ReferencesOf($"lib/net10.0/{Trainers}.dll");
        Assert.Contains("TorchSharp", trainers);
        Assert.Contains(Transforms, trainers);
        var mlnet = trainers.Concat(packed.Read(Transforms).ReferencesOf($"lib/net10.0/{Transforms}.dll")).Where(reference => reference.Key.StartsWith("Microsoft.ML", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(mlnet);

        // Those of NuGet are signed, the stand-ins are not.
        Assert.All(mlnet, reference => Assert.True(reference.Value, reference.Key));
    }

    [PackagesFact]
    public void The_description_has_what_a_gallery_shows()
    {
        foreach (var id in new[] { Trainers, Transforms, Templates })
        {
            var package = packed.Read(id);
            Assert.Equal(id, package.Field("id")?.Value);
            Assert.Equal("MIT", package.Field("license")?.Value);
            Assert.Equal("expression", (string?)package.Field("license")?.Attribute("type"));
            Assert.Equal("README.md", package.Field("readme")?.Value);
            Assert.Equal("icon.png", package.Field("icon")?.Value);
            Assert.Contains("ML.NET", package.Field("tags")?.Value.Split(' ') ?? []);
            Assert.InRange(package.Field("description")?.Value.Length ?? 0, 60, 4000);
            Assert.Equal("git", (string?)package.Field("repository")?.Attribute("type"));
            Assert.Matches("^[0-9a-f]{40}$", (string?)package.Field("repository")?.Attribute("commit") ?? string.Empty);
            Assert.StartsWith("# " + id + "\n", Encoding.UTF8.GetString(package.Bytes("README.md")), StringComparison.Ordinal);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], package.Bytes("icon.png")[..4]);
        }
    }

    [PackagesFact]
    public void The_readme_says_which_libtorch_to_add()
    {
        var page = Encoding.UTF8.GetString(packed.Read(Trainers).Bytes("README.md"));
        Assert.All(["TorchSharp-cpu", "TorchSharp-cuda-linux", "TorchSharp-cuda-windows"], name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));

        // Galleries resolve no relative links.
        Assert.DoesNotMatch(@"\]\((?!https://)", page);
    }

    [PackagesFact]
    public void The_symbols_are_those_of_the_library_and_name_no_folder_of_this_machine()
    {
        foreach (var id in new[] { Trainers, Transforms })
        {
            using var library = new PEReader(new MemoryStream(packed.Read(id).Bytes($"lib/net10.0/{id}.dll")));
            using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(packed.Read(id, "snupkg").Bytes($"lib/net10.0/{id}.pdb")));
            var pdb = symbols.GetMetadataReader();
            var codeView = library.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            Assert.Equal(library.ReadCodeViewDebugDirectoryData(codeView).Guid, new BlobContentId(pdb.DebugMetadataHeader!.Id).Guid);
            Assert.All(pdb.Documents, handle => Assert.StartsWith("/_", pdb.GetString(pdb.GetDocument(handle).Name), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Packing_against_stand_ins_is_refused()
    {
        var pack = DotnetCommand.Build("pack", "src/Transforms", "--no-restore", "-nologo", "-p:Stack=standins", "-p:LibraryTargetFrameworks=net10.0");
        Assert.NotEqual(0, pack.ExitCode);
        Assert.Contains("Packages are made from the packages stack only", pack.Output, StringComparison.Ordinal);
    }
}
