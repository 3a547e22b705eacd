using System.Text;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The binary layout of a network's numbers, little-endian:
/// <code>
/// "GSWT"  uint32 version (1)  uint32 tensors
/// per tensor: string name (UTF-8, 7-bit length), then as TensorFormat writes it, of type Float32 or Int64
/// </code>
/// Parameters and buffers (running means of normalisation layers) are written in the order of the module.
/// </summary>
internal static class WeightFile
{
    private const uint Version = 1;
    private static readonly byte[] Magic = "GSWT"u8.ToArray();

    public static void Write(BinaryWriter writer, nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var tensors = Tensors(module);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((uint)tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            writer.Write(name);
            TensorFormat.Write(writer, Saveable(name, tensor));
        }
    }

    /// <summary>Fills the module's parameters and buffers in place.</summary>
    /// <exception cref="FormatException">The bytes are of a newer version or of another network.</exception>
    /// <exception cref="EndOfStreamException">There are fewer bytes than the tensors need.</exception>
    public static void Read(byte[] bytes, nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var reader = Open(bytes, out var count);
        var tensors = Tensors(module);
        Expect(count == tensors.Count, $"{tensors.Count} tensors are expected and {count} are there");
        foreach (var (name, tensor) in tensors)
        {
            ReadTensor(reader, name, tensor);
        }

        ExpectEnd(reader);
    }

    /// <summary>Reads all tensors, whatever network they are of; they belong to the caller's scope.</summary>
    /// <exception cref="FormatException">The bytes are of a newer version.</exception>
    /// <exception cref="EndOfStreamException">There are fewer bytes than the tensors need.</exception>
    public static IReadOnlyList<(string Name, Tensor Value)> Read(byte[] bytes)
    {
        using var _ = no_grad();
        using var reader = Open(bytes, out var count);
        var tensors = new List<(string Name, Tensor Value)>();
        for (; count > 0; count--)
        {
            tensors.Add((reader.ReadString(), TensorFormat.Read(reader)));
        }

        ExpectEnd(reader);
        return tensors;
    }

    /// <summary>Parameters and buffers by name, in the order of the module.</summary>
    public static IReadOnlyList<(string Name, Tensor Value)> Tensors(nn.Module module) =>
    [
        .. module.named_parameters().Select(named => (named.Item1, (Tensor)named.Item2)),
        .. module.named_buffers().Select(named => (named.Item1, named.Item2)),
    ];

    private static BinaryReader Open(byte[] bytes, out uint count)
    {
        var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        Expect(reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic), "the weights are not in this library's format");
        var version = reader.ReadUInt32();
        Expect(version <= Version, $"the weights are in format {version} and this version of the library reads up to {Version}; update MLNet.GradStability");
        count = reader.ReadUInt32();
        return reader;
    }

    private static void ExpectEnd(BinaryReader reader) =>
        Expect(reader.BaseStream.Position == reader.BaseStream.Length, "there are more bytes than the tensors need");

    private static void ReadTensor(BinaryReader reader, string name, Tensor tensor)
    {
        var found = reader.ReadString();
        Expect(found == name, $"tensor {name} is expected and {found} is there");
        var (type, shape) = TensorFormat.ReadHeader(reader);
        Expect(type == Saveable(name, tensor).dtype, $"tensor {name} is of another number type");
        Expect(shape.AsSpan().SequenceEqual(tensor.shape), $"tensor {name} must have the shape [{string.Join(", ", tensor.shape)}] and has [{string.Join(", ", shape)}]");
        tensor.copy_(TensorFormat.ReadNumbers(reader, tensor.dtype, shape));
    }

    private static Tensor Saveable(string name, Tensor tensor) => tensor.dtype is ScalarType.Float32 or ScalarType.Int64
        ? tensor
        : throw new NotSupportedException($"Network: tensor {name} must be of type Float32 or Int64 to be saved; it is {tensor.dtype}.");

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
