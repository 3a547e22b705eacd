namespace Samples.Cli;

/// <summary>Checks of files to be written, before a long run rather than after it.</summary>
internal static class OutputFiles
{
    /// <exception cref="CliException">The folder of the file is not there, or the file is a folder.</exception>
    public static string? Check(string? path, string option)
    {
        if (path is null)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder) || Directory.Exists(path))
        {
            throw CliException.Usage($"{option} must name a file in a folder that exists; got \"{path}\". Make the folder first.");
        }

        return path;
    }
}
