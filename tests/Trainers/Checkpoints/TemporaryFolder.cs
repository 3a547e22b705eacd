namespace MLNet.GradStability.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}");

    /// <summary>The checkpoints of all runs, oldest first, by name.</summary>
    public string[] Checkpoints => Directory.Exists(Path) ? [.. Directory.GetFiles(Path, "*.gsck", SearchOption.AllDirectories).Order()] : [];

    /// <summary>Their steps.</summary>
    public int[] Steps => [.. Checkpoints.Select(file => int.Parse(System.IO.Path.GetFileNameWithoutExtension(file)[^9..], System.Globalization.CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
