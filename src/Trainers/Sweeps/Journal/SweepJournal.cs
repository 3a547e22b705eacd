using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>
/// The journal of a sweep, a file of JSON lines: what the sweep is, then each trial as it ends, on the disk when the call returns. The last line of a killed process may be
/// torn: it is cut off, and its trial run again; so is the trial of any line that cannot be read.
/// </summary>
internal sealed class SweepJournal : IDisposable
{
    private const string Owner = "OptionSweep: Journal";
    private const byte NewLine = (byte)'\n';
    private readonly string _path;
    private readonly FileStream _file;
    private readonly FileFailures _failures;
    private readonly List<byte> _pending = [];
    private long _length;

    private SweepJournal(string path, FileStream file, Action<string> warn)
    {
        _path = path;
        _file = file;
        _failures = new FileFailures(Owner, path, warn);
    }

    /// <summary>The trials that were there, in the order in which they ended; of those that are there twice the last.</summary>
    public IReadOnlyList<JournalTrial> Trials { get; private set; } = [];

    /// <summary>Opens the journal of this sweep, or starts one.</summary>
    /// <exception cref="InvalidOperationException">The file is of another sweep, or none of a sweep, or another process writes to it.</exception>
    public static SweepJournal Open(string path, JsonObject header, Action<string> warn)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory);
        }

        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"{Owner} must be a file that can be written; \"{path}\" cannot: {e.Message} Does another sweep write to it? Give each a file of its own.", e);
        }

        var journal = new SweepJournal(path, file, warn);
        try
        {
            journal.Read(header, warn);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds a trial. What cannot be written is a warning, and is tried again with the next.</summary>
    public void Append(JournalTrial trial) => Append(JsonSerializer.SerializeToUtf8Bytes(trial, Descriptions.Options));

    public void Dispose() => _file.Dispose();

    private void Append(byte[] line)
    {
        _pending.AddRange([.. line, NewLine]);
        _failures.Try(() =>
        {
            _file.SetLength(_length);
            _file.Position = _length;
            _file.Write(_pending.ToArray());
            _file.Flush(flushToDisk: true);
            _length = _file.Position;
            _pending.Clear();
        });
    }

    private void Read(JsonObject header, Action<string> warn)
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var own = JsonSerializer.SerializeToUtf8Bytes(header);
        var end = Array.LastIndexOf(bytes, NewLine) + 1;
        if (end == 0)
        {
            // Nothing, or the torn beginning of our own first line.
            Expect(own.AsSpan().StartsWith(bytes), "is not the journal of a sweep", "Give another path.");
            Append(own);
            return;
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, end - 1).Split('\n');
        var found = TryParse<JsonObject>(lines[0]) ?? throw Wrong("is not the journal of a sweep: its first line cannot be read", "Give another path.");
        if (JournalHeader.Difference(header, found) is { } difference)
        {
            throw Wrong($"is the journal of a sweep with another {difference}", "Give another path, or delete the file to start anew.");
        }

        var trials = new List<JournalTrial>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (TryParse<JournalTrial>(lines[i]) is { Point: not null, Curve: not null, Folds: not null } trial)
            {
                trials.RemoveAll(other => other.Trial == trial.Trial);
                trials.Add(trial);
            }
            else
            {
                warn(FormattableString.Invariant($"{Owner}: line {i + 1} of \"{_path}\" cannot be read; its trial is run again."));
            }
        }

        if (end < bytes.Length)
        {
            warn($"{Owner}: the last line of \"{_path}\" was cut short; its trial is run again.");
        }

        Trials = trials;
        _length = end;
    }

    private void Expect(bool holds, string found, string remedy)
    {
        if (!holds)
        {
            throw Wrong(found, remedy);
        }
    }

    private InvalidOperationException Wrong(string found, string remedy) => new($"{Owner} must be a file of the same sweep, or not be there; \"{_path}\" {found}. {remedy}");

    private static T? TryParse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Descriptions.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
