using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>A .nupkg or .snupkg, read.</summary>
internal sealed class Package
{
    private readonly Dictionary<string, byte[]> _files = [];

    public Package(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => !IsAboutThePackage(entry.FullName)))
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            _files[entry.FullName] = copy.ToArray();
        }

        var nuspec = XDocument.Load(new MemoryStream(_files.Single(file => file.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value));
        Metadata = nuspec.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>The files in it, without those that every package has.</summary>
    public IEnumerable<string> Files => _files.Keys.Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The description in the .nuspec.</summary>
    public XElement Metadata { get; }

    /// <summary>What it depends on, as "framework: name version"; shared frameworks do not count.</summary>
    public IEnumerable<string> Dependencies => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .Select(element => $"{(string?)element.Parent!.Attribute("targetFramework")}: {(string?)element.Attribute("id")} {(string?)element.Attribute("version")}")
        .Order(StringComparer.Ordinal);

    /// <summary>A field of the description.</summary>
    public XElement? Field(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    /// <summary>A file in it.</summary>
    public byte[] Bytes(string name) => _files[name];

    /// <summary>The assemblies that one in the package refers to: name, and whether it is signed.</summary>
    public IReadOnlyDictionary<string, bool> ReferencesOf(string name)
    {
        using var reader = new PEReader(new MemoryStream(_files[name]));
        var metadata = reader.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => !reference.PublicKeyOrToken.IsNil);
    }

    private static bool IsAboutThePackage(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
