using System.IO.Compression;
using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>Weights of the one network in a model file of ML.NET; what else is in the file is not looked at.</summary>
internal sealed record ModelFileSource(string Path) : StartingSource
{
    private const string Owner = "StartingWeights.FromModelFile";

    public override WeightSet Read() => Read(Path, Owner, stream =>
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return Find(zip).Weigh($"the model file \"{Path}\"");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"{e.Message.TrimEnd('.')}; register kinds of your own with Descriptions.Register first", e);
        }
    });

    private static SavedNetwork Find(ZipArchive zip)
    {
        List<string> folders = [.. zip.Entries.Where(entry => IsOf(entry, ModelFile.Weights)).Select(Folder).Where(folder => zip.Entries.Any(entry => IsOf(entry, ModelFile.Description) && Folder(entry) == folder))];
        return folders switch
        {
            [var only] => SavedNetwork.Read(name => Load(zip, only, name)),
            [] => throw new FormatException("it is a zip file without a network of this library"),
            _ => throw new FormatException($"it holds {folders.Count} networks, in {string.Join(", ", folders)}; load the model and give the network to start from to StartingWeights.FromModel"),
        };
    }

    private static byte[] Load(ZipArchive zip, string folder, string name)
    {
        var entry = zip.Entries.FirstOrDefault(entry => IsOf(entry, name) && Folder(entry) == folder) ?? throw new FormatException($"the stream {name} is missing");
        using var stream = entry.Open();
        return ChecksummedStream.Read(stream, name);
    }

    private static bool IsOf(ZipArchiveEntry entry, string name) => entry.Name == name || entry.FullName.EndsWith($"\\{name}", StringComparison.Ordinal);

    private static string Folder(ZipArchiveEntry entry) => entry.FullName[..(entry.FullName.LastIndexOfAny(['/', '\\']) + 1)];
}
