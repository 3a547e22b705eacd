using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// A tensor in a file, little-endian:
/// <code>uint8 type (0 Float32, 1 Int64, 2 Float64, 3 Byte, 4 Int32, 5 Bool)  uint8 dimensions  int64 × dimensions sizes  the numbers</code>
/// </summary>
internal static class TensorFormat
{
    private const int BufferSize = 1 << 16;
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Int64, ScalarType.Float64, ScalarType.Byte, ScalarType.Int32, ScalarType.Bool];

    public static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var type = Array.IndexOf(Types, tensor.dtype);
        writer.Write((byte)(type >= 0 ? type : throw new NotSupportedException($"A tensor must be of type {string.Join(", ", Types)} to be saved; it is {tensor.dtype}.")));
        writer.Write((byte)tensor.dim());
        foreach (var size in tensor.shape)
        {
            writer.Write(size);
        }

        writer.Flush();
        tensor.detach().cpu().contiguous().WriteBytesToStream(writer.BaseStream, BufferSize);
    }

    /// <summary>Reads a tensor into CPU memory.</summary>
    /// <exception cref="FormatException">The bytes cannot be a tensor.</exception>
    /// <exception cref="EndOfStreamException">There are fewer bytes than the tensor needs.</exception>
    public static Tensor Read(BinaryReader reader)
    {
        var (type, shape) = ReadHeader(reader);
        return ReadNumbers(reader, type ?? throw new FormatException("a tensor is of an unknown number type"), shape);
    }

    /// <summary>Reads what stands before the numbers; the type is null when it is unknown.</summary>
    public static (ScalarType? Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var code = reader.ReadByte();
        var shape = new long[reader.ReadByte()];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.ReadInt64();
        }

        return (code < Types.Length ? Types[code] : null, shape);
    }

    /// <summary>Reads the numbers, from a stream that knows its length.</summary>
    public static Tensor ReadNumbers(BinaryReader reader, ScalarType type, long[] shape)
    {
        // Before anything of a damaged size is allocated.
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (shape.Any(size => size < 0) || shape.Aggregate(1.0, (product, size) => product * size) > left)
        {
            throw new EndOfStreamException($"A tensor of [{string.Join(", ", shape)}] does not fit in the {left} bytes that are left.");
        }

        var tensor = empty(shape, dtype: type);
        tensor.ReadBytesFromStream(reader.BaseStream, BufferSize);
        return tensor;
    }
}
