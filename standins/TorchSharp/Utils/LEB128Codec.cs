namespace TorchSharp.Utils;

/// <summary>Whole numbers, seven bits to a byte, low ones first.</summary>
internal static class LEB128Codec
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        for (; value > 0x7f; value >>= 7)
            writer.Write((byte)(value & 0x7f | 0x80));
        writer.Write((byte)value);
    }

    public static long Decode(this BinaryReader reader)
    {
        long result = 0;
        for (var shift = 0; ; shift += 7)
        {
            long next = reader.ReadByte();
            result += (next & 0x7f) << shift;
            if ((next & 0x80) == 0)
                return result;
        }
    }
}
