namespace MLNet.GradStability;

/// <summary>Writes files so that the old one is there, whole, until the new one is.</summary>
internal static class SafeFile
{
    /// <summary>Writes beside the target under a temporary name, flushes to the disk and renames.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder does not exist, is full or cannot be written; the old file is untouched.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
