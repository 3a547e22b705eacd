using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>A stream of a saved model: int64 length, that many bytes, and their SHA-256, little-endian.</summary>
internal static class ChecksummedStream
{
    public static void Save(ModelSaveContext context, string name, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        MLNetInternals.SaveStream(context, name, writer =>
        {
            writer.Write(content.Length);
            writer.Write(bytes.Span);
            writer.Write(SHA256.HashData(bytes.Span));
        });
    }

    /// <exception cref="FormatException">The stream is missing, cut off or altered.</exception>
    public static byte[] Load(object context, string name)
    {
        byte[]? bytes = null;
        return MLNetInternals.TryLoadStream(context, name, reader => bytes = Read(reader.BaseStream, name)) ? bytes! : throw new FormatException($"the stream {name} is missing");
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="FormatException">The stream is cut off or altered.</exception>
    public static byte[] Read(Stream stream, string name)
    {
        // The length is not believed before the bytes are there: an absurd one must not allocate.
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var all = content.GetBuffer().AsSpan(0, (int)content.Length);
        var length = all.Length >= sizeof(long) ? BitConverter.ToInt64(all) : -1;
        if (length < 0 || length != all.Length - sizeof(long) - SHA256.HashSizeInBytes)
        {
            throw new FormatException($"the stream {name} is cut off");
        }

        var body = all.Slice(sizeof(long), (int)length);
        return SHA256.HashData(body).AsSpan().SequenceEqual(all[^SHA256.HashSizeInBytes..])
            ? body.ToArray()
            : throw new FormatException($"the stream {name} was altered: its checksum does not fit");
    }
}
