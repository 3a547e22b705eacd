namespace Microsoft.ML.Data;

/// <summary>Text files; the last part of a path may hold wildcards.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <summary>The files of the paths.</summary>
    public MultiFileSource(params string[] paths) => _paths = [.. (paths ?? []).Where(p => p != null).SelectMany(Expand)];

    /// <inheritdoc/>
    public int Count => _paths.Length;

    /// <inheritdoc/>
    public string GetPathOrNull(int index)
    {
        Contracts.CheckParam(0 <= index && index < Count, nameof(index));
        return _paths[index];
    }

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        string path = GetPathOrNull(index);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception ex)
        {
            throw Contracts.Mark(new IOException($"Could not open file '{path}'. Error is: {ex.Message}", ex));
        }
    }

    /// <inheritdoc/>
    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    /// <summary>The files a path stands for; a path without wildcards is itself.</summary>
    internal static string[] Expand(string path)
    {
        string name = Path.GetFileName(path);
        if (!name.Contains('*') && !name.Contains('?'))
            return [path];
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
        return [.. Directory.GetFiles(folder, name).Order(StringComparer.Ordinal)];
    }
}
