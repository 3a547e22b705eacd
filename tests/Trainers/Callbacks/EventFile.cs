using System.Buffers.Binary;
using System.Text;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>Reads TensorBoard event files: records of length, checksum, a protobuf Event, checksum. Written from the format's description.</summary>
internal static class EventFile
{
    private const uint Castagnoli = 0x82f63b78;

    public sealed record Scalar(string Tag, long Step, float Value, double WallTime);

    /// <summary>The scalars of a file, in order.</summary>
    /// <exception cref="InvalidDataException">A record is cut off, or its checksum is wrong.</exception>
    public static List<Scalar> Read(byte[] file)
    {
        var scalars = new List<Scalar>();
        for (var at = 0; at < file.Length;)
        {
            var length = Checked(file, at, 8);
            var size = (int)BinaryPrimitives.ReadInt64LittleEndian(length);
            var content = Checked(file, at + 12, size);
            at += 12 + size + 4;
            scalars.AddRange(Event(content));
        }

        return scalars;
    }

    /// <summary>The scalars of all event files of a directory.</summary>
    public static List<Scalar> ReadAll(string directory) =>
        [.. Directory.GetFiles(directory, "events.out.tfevents.*").Order().SelectMany(path => Read(File.ReadAllBytes(path)))];

    private static byte[] Checked(byte[] file, int at, int length)
    {
        if (at + length + 4 > file.Length)
        {
            throw new InvalidDataException($"The file ends within the record at {at}.");
        }

        var content = file[at..(at + length)];
        var crc = Crc(content);
        var masked = ((crc >> 15) | (crc << 17)) + 0xa282ead8;
        return masked == BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + length))
            ? content
            : throw new InvalidDataException($"The checksum of the bytes at {at} is wrong.");
    }

    private static uint Crc(byte[] data)
    {
        var crc = ~0u;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Castagnoli : crc >> 1;
            }
        }

        return ~crc;
    }

    private static IEnumerable<Scalar> Event(byte[] content)
    {
        var fields = Fields(content).ToLookup(field => field.Number, field => field.Bytes);
        var wallTime = BinaryPrimitives.ReadDoubleLittleEndian(fields[1].Single());
        var step = fields[2].Select(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)).SingleOrDefault();
        foreach (var value in fields[5].SelectMany(Fields).Where(field => field.Number == 1))
        {
            var parts = Fields(value.Bytes).ToLookup(field => field.Number, field => field.Bytes);
            yield return new Scalar(Encoding.UTF8.GetString(parts[1].Single()), step, BinaryPrimitives.ReadSingleLittleEndian(parts[2].Single()), wallTime);
        }
    }

    /// <summary>The fields of a protobuf message; a varint as eight bytes.</summary>
    private static List<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        using var reader = new BinaryReader(new MemoryStream(message));
        var fields = new List<(int, byte[])>();
        while (reader.BaseStream.Position < message.Length)
        {
            var key = reader.Read7BitEncodedInt64();
            fields.Add(((int)(key >> 3), (key & 7) switch
            {
                0 => BitConverter.GetBytes(reader.Read7BitEncodedInt64()),
                1 => reader.ReadBytes(8),
                2 => reader.ReadBytes((int)reader.Read7BitEncodedInt64()),
                5 => reader.ReadBytes(4),
                var type => throw new InvalidDataException($"Wire type {type} is unknown."),
            }));
        }

        return fields;
    }
}
