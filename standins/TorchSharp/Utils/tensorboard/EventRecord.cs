using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace TorchSharp.Utils.tensorboard;

/// <summary>Records of an event file: length, its checksum, a tensorboard.Event in protobuf, its checksum.</summary>
internal static class EventRecord
{
    // Field numbers and wire types of Event, Summary and Summary.Value.
    private const byte WallTime = (1 << 3) | 1;
    private const byte Step = 2 << 3;
    private const byte FileVersion = (3 << 3) | 2;
    private const byte Summary = (5 << 3) | 2;
    private const byte Value = (1 << 3) | 2;
    private const byte Tag = (1 << 3) | 2;
    private const byte SimpleValue = (2 << 3) | 5;

    public static byte[] Version(double wallTime) => Framed([.. Time(wallTime), .. Bytes(FileVersion, "brain.Event:2"u8)]);

    public static byte[] Scalar(double wallTime, int step, string tag, float number)
    {
        var value = new byte[5];
        value[0] = SimpleValue;
        BinaryPrimitives.WriteSingleLittleEndian(value.AsSpan(1), number);
        var summary = Bytes(Value, [.. Bytes(Tag, Encoding.UTF8.GetBytes(tag)), .. value]);
        return Framed([.. Time(wallTime), .. step == 0 ? [] : Number(Step, step), .. Bytes(Summary, summary)]);
    }

    private static byte[] Time(double wallTime)
    {
        var field = new byte[9];
        field[0] = WallTime;
        BinaryPrimitives.WriteDoubleLittleEndian(field.AsSpan(1), wallTime);
        return field;
    }

    private static byte[] Bytes(byte field, ReadOnlySpan<byte> content) => [.. Number(field, content.Length), .. content];

    private static byte[] Number(byte field, long number)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(field);
        // Protobuf's numbers are unsigned: a negative one takes ten bytes.
        writer.Write7BitEncodedInt64(number);
        return bytes.ToArray();
    }

    private static byte[] Framed(byte[] content)
    {
        var record = new byte[8 + 4 + content.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        content.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + content.Length), MaskedCrc(content));
        return record;
    }

    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
