namespace Samples;

/// <summary>Where the samples write: artifacts/samples under the current folder.</summary>
internal static class Outputs
{
    /// <summary>The path of a file there; its folder is made.</summary>
    public static string Path(string file) => System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine("artifacts", "samples")).FullName, file);
}
