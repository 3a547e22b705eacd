using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>
/// A checkpoint on disk, little-endian:
/// <code>
/// "GSCK"  uint32 version (1)  string header (JSON; UTF-8, 7-bit length)  the state, as StateSnapshot writes it  SHA-256 of all before
/// </code>
/// </summary>
internal static class CheckpointFile
{
    private const uint Version = 1;
    private const int BufferSize = 1 << 16;
    private static readonly byte[] Magic = "GSCK"u8.ToArray();

    /// <summary>Writes beside, makes sure that it is on the disk, and renames: at any moment the file is whole or not there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, CheckpointHeader header, StateSnapshot state)
    {
        var beside = path + CheckpointFolder.Unfinished;
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
            {
                file.Write(WriteContent(file, header, state));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            CheckpointFolder.TryDelete(beside);
            throw;
        }
    }

    /// <summary>Reads a checkpoint whose checksum is right; the caller disposes the state.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="InvalidOperationException">It is in a newer format.</exception>
    public static (CheckpointHeader Header, StateSnapshot State) Read(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = Open(file, path);
        try
        {
            return (ReadHeader(reader), StateSnapshot.Read(file));
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("it ends too early", e);
        }
    }

    /// <summary>Reads what a checkpoint says of itself, without a look at the rest; null when it cannot be read.</summary>
    public static CheckpointHeader? TryReadHeader(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            return reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) && reader.ReadUInt32() == Version ? ReadHeader(reader) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static byte[] WriteContent(FileStream file, CheckpointHeader header, StateSnapshot state)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed, Encoding.UTF8))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(JsonSerializer.Serialize(header, Descriptions.Options));
            writer.Flush();
            state.Write(hashed);
        }

        return hash.Hash!;
    }

    private static BinaryReader Open(FileStream file, string path)
    {
        Verify(file);
        file.Position = Magic.Length;
        var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        var version = reader.ReadUInt32();
        return version <= Version ? reader : throw new InvalidOperationException(
            $"Checkpointing: {path} is in format {version} and this version of the library reads up to {Version}. Update MLNet.GradStability, or set Resume to false to start anew.");
    }

    /// <summary>Every format begins with the magic word and ends with the checksum.</summary>
    private static void Verify(FileStream file)
    {
        var left = file.Length - SHA256.HashSizeInBytes;
        Expect(left > Magic.Length + sizeof(uint), file.Length == 0 ? "it is empty" : "it is too short");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        for (var isFirst = true; left > 0; isFirst = false)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), Magic.Length, throwOnEndOfStream: false);
            Expect(!isFirst || buffer.AsSpan().StartsWith(Magic), "it is not a checkpoint");
            Expect(read > 0, "it ends too early");
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        Expect(expected.SequenceEqual(hash.GetHashAndReset()), "its checksum is wrong");
    }

    private static CheckpointHeader ReadHeader(BinaryReader reader)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointHeader>(reader.ReadString(), Descriptions.Options) ?? throw new FormatException("its header is empty");
        }
        catch (JsonException e)
        {
            throw new FormatException("its header cannot be read", e);
        }
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
