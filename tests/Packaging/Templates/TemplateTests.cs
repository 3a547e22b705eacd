using System.Xml.Linq;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary><c>dotnet new gradstab</c> makes an application that compiles and runs.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Template = "src/Templates/gradstab";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstability");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_application_trains_saves_loads_and_predicts()
    {
        var application = New("Flowers");
        Assert.Equal(["Flowers.csproj", "Program.cs", "Row.cs"], Directory.EnumerateFiles(application).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var sources = Directory.EnumerateFiles(application, "*.cs").Select(File.ReadAllText).ToList();
        Assert.All(sources, source => Assert.DoesNotContain("GradStabApp", source, StringComparison.Ordinal));

        var model = Path.Combine(_folder.FullName, "flowers.zip");
        UserProject.Run(sources, Repository.At("samples/Data/iris.csv"), model);
        Assert.True(File.Exists(model));
    }

    [Fact]
    public void It_refers_to_this_version_and_to_the_libtorch_that_was_asked_for()
    {
        var versions = PropertiesOf("src/Directory.Build.props").Concat(PropertiesOf("eng/Stack.props")).ToLookup(property => property.Name.LocalName, property => property.Value);
        Assert.Equal(
            [("MLNet.GradStability", versions["Version"].Single()), ("TorchSharp-cuda-linux", versions["TorchSharpVersion"].Single())],
            XDocument.Load(Path.Combine(New("Gpu", "--device", "cuda-linux"), "Gpu.csproj"))
                .Descendants("PackageReference")
                .Select(reference => ((string)reference.Attribute("Include")!, (string)reference.Attribute("Version")!)));
    }

    private static IEnumerable<XElement> PropertiesOf(string file) => XDocument.Load(Repository.At(file)).Descendants("PropertyGroup").Elements();

    private string New(string name, params string[] options)
    {
        // A hive of its own: what is installed on this machine stays as it is.
        string[] hive = ["--debug:custom-hive", Path.Combine(_folder.FullName, "hive")];
        var install = DotnetCommand.Run(["new", "install", Repository.At(Template), .. hive]);
        Assert.True(install.ExitCode == 0, install.Output);
        var output = Path.Combine(_folder.FullName, name);
        var create = DotnetCommand.Run(["new", "gradstab", "--name", name, "--output", output, .. options, .. hive]);
        Assert.True(create.ExitCode == 0, create.Output);
        return output;
    }
}
