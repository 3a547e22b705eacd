using System.Globalization;

namespace MLNet.GradStability;

/// <summary>The checkpoints of one run: files of a sub-folder, named by their step.</summary>
/// <param name="path">The sub-folder.</param>
internal sealed class CheckpointFolder(string path)
{
    /// <summary>What the name of a file ends with until it is whole.</summary>
    public const string Unfinished = ".tmp";

    private const string Prefix = "checkpoint-";
    private const string Extension = ".gsck";
    private const string Damaged = ".damaged";

    public string PathOf(long step) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D9}{Extension}"));

    /// <summary>Makes the folder where it is missing.</summary>
    public void Make() => Directory.CreateDirectory(path);

    /// <summary>Takes away what killed processes left unfinished.</summary>
    public void Clean()
    {
        foreach (var file in Directory.EnumerateFiles(path, Prefix + "*" + Unfinished))
        {
            TryDelete(file);
        }
    }

    /// <summary>The steps of the checkpoints, newest first.</summary>
    public List<long> Steps() =>
    [
        .. Directory.EnumerateFiles(path, Prefix + "*" + Extension)
            .Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..])
            .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => long.Parse(name, CultureInfo.InvariantCulture))
            .OrderDescending(),
    ];

    /// <summary>Whether other runs have checkpoints in the folder above.</summary>
    public int OtherRuns() => Directory.EnumerateDirectories(Path.GetDirectoryName(path)!)
        .Count(other => other != path && Directory.EnumerateFiles(other, Prefix + "*" + Extension).Any());

    /// <summary>Takes a damaged file out of the count, for people to look at.</summary>
    public void SetAside(long step)
    {
        try
        {
            File.Move(PathOf(step), PathOf(step) + Damaged, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is passed over the next time too.
        }
    }

    public static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }
}
