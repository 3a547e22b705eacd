using System.IO.Compression;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A model file: a zip whose entries are the streams of its components.</summary>
internal abstract class Repository : IDisposable
{
    protected Repository(IExceptionContext ectx) => ExceptionContext = ectx;

    public IExceptionContext ExceptionContext { get; }

    public abstract void Dispose();

    /// <summary>The path of an entry, with '/' between its parts.</summary>
    protected static string EntryPath(string dir, string name)
    {
        Contracts.CheckParam(dir?.Contains("..") != true, nameof(dir));
        Contracts.CheckParam(!string.IsNullOrWhiteSpace(name) && !name.Contains(".."), nameof(name));
        return Path.Combine(dir ?? "", name).Replace('\\', '/');
    }

    /// <summary>An open entry.</summary>
    internal sealed class Entry(string path, Stream stream, Action<Entry> close) : IDisposable
    {
        private Action<Entry> _close = close;

        public string Path { get; } = path;

        public Stream Stream { get; } = stream;

        public void Dispose()
        {
            Interlocked.Exchange(ref _close, null)?.Invoke(this);
            Stream.Dispose();
        }
    }
}

/// <summary>Writes a model file; entries may be open at the same time, for each is held in memory until closed.</summary>
internal sealed class RepositoryWriter : Repository
{
    private readonly ZipArchive _archive;
    private readonly HashSet<string> _paths = [];

    private RepositoryWriter(Stream stream, IExceptionContext ectx)
        : base(ectx) => _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public static RepositoryWriter CreateNew(Stream stream, IExceptionContext ectx)
    {
        var rep = new RepositoryWriter(stream, ectx);
        using var entry = rep.CreateEntry("TrainingInfo", "Version.txt");
        using var writer = new StreamWriter(entry.Stream, leaveOpen: true);
        var version = typeof(RepositoryWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        writer.WriteLine(version?.InformationalVersion);
        return rep;
    }

    public Entry CreateEntry(string dir, string name)
    {
        string path = EntryPath(dir, name);
        if (!_paths.Add(path))
            throw ExceptionContext.ExceptParam(nameof(name), $"Duplicate entry: '{path}'");
        return new(path, new MemoryStream(), Write);
    }

    public override void Dispose() => _archive.Dispose();

    private void Write(Entry entry)
    {
        using var target = _archive.CreateEntry(entry.Path).Open();
        entry.Stream.Position = 0;
        entry.Stream.CopyTo(target);
    }
}

/// <summary>Reads a model file.</summary>
internal sealed class RepositoryReader : Repository
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    private RepositoryReader(Stream stream, IExceptionContext ectx)
        : base(ectx)
    {
        try
        {
            _archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception ex)
        {
            throw ectx.ExceptDecode("Failed to open a zip archive", ex);
        }
        foreach (var entry in _archive.Entries)
            _entries[entry.FullName.Replace('\\', '/')] = entry;
    }

    public static RepositoryReader Open(Stream stream, IExceptionContext ectx) => new(stream, ectx);

    public bool Contains(string dir, string name) => _entries.ContainsKey(EntryPath(dir, name));

    public Entry OpenEntryOrNull(string dir, string name)
    {
        string path = EntryPath(dir, name);
        if (!_entries.TryGetValue(path, out var found))
            return null;
        Contracts.CheckDecode(found.Length < int.MaxValue, "Repository stream too large to read into memory");
        var stream = new MemoryStream((int)found.Length);
        using (var source = found.Open())
            source.CopyTo(stream);
        stream.Position = 0;
        return new(path, stream, _ => { });
    }

    public override void Dispose() => _archive.Dispose();
}
