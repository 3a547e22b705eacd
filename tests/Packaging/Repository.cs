using System.Runtime.CompilerServices;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>The files of the repository, where these tests were compiled.</summary>
internal static class Repository
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>The full path of a file or folder, from its path from the root.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
