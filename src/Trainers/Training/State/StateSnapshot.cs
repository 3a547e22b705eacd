using System.Text;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The state of a run at one moment, kept in memory or in a file of this layout, little-endian:
/// <code>
/// "GSRS"  uint32 version (1)  uint32 entries
/// per entry: string name (UTF-8, 7-bit length)  uint8 kind  value
///   kind 0: tensor, as TensorFormat writes it   1: float64   2: int64   3: uint32 count, float64 × count   4: string   5: a snapshot of this layout
/// </code>
/// </summary>
internal sealed class StateSnapshot : IDisposable
{
    private const uint Version = 1;
    private static readonly byte[] Magic = "GSRS"u8.ToArray();
    private readonly List<StateEntry> _entries = [];

    /// <summary>Takes the state as it is; tensors of an earlier capture are used again. Nothing waits for the device.</summary>
    public void Capture(Action<RunState> exchange)
    {
        using var _ = no_grad();
        var writer = new StateWriter(_entries);
        exchange(writer);
        writer.Finish();
    }

    /// <summary>Puts the state back, in place.</summary>
    /// <exception cref="FormatException">The run does not have the state that the snapshot holds; part of it may have been put back by then.</exception>
    public void Restore(Action<RunState> exchange)
    {
        using var _ = no_grad();
        var reader = new StateReader(_entries);
        exchange(reader);
        reader.Finish();
    }

    /// <summary>Becomes a copy of another snapshot, using its own tensors again.</summary>
    public void CopyFrom(StateSnapshot other) => Capture(state => other._entries.ForEach(entry => entry.Replay(state)));

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        Write(writer);
    }

    /// <exception cref="FormatException">The bytes are not a snapshot, or one in a newer format.</exception>
    /// <exception cref="EndOfStreamException">There are fewer bytes than the snapshot needs.</exception>
    public static StateSnapshot Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        return Read(reader);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((uint)_entries.Count);
        foreach (var entry in _entries)
        {
            writer.Write(entry.Name);
            entry.Write(writer);
        }
    }

    internal static StateSnapshot Read(BinaryReader reader)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            throw new FormatException("the state of the run is not in this library's format");
        }

        var version = reader.ReadUInt32();
        if (version > Version)
        {
            throw new FormatException($"the state of the run is in format {version} and this version of the library reads up to {Version}; update MLNet.GradStability");
        }

        var snapshot = new StateSnapshot();
        try
        {
            for (var left = reader.ReadUInt32(); left > 0; left--)
            {
                snapshot._entries.Add(StateEntry.Read(reader.ReadString(), reader));
            }

            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _entries.ForEach(entry => entry.Dispose());
        _entries.Clear();
    }
}
