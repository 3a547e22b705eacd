using System.Text;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// State files of TorchSharp, as <c>Module.save</c> writes them, little-endian; whole numbers are unsigned LEB128:
/// <code>
/// number of tensors
/// per tensor: string name (UTF-8, 7-bit length)  type (torch's code)  dimensions  sizes…  the numbers
/// </code>
/// </summary>
internal static class StateFile
{
    // A name of no characters, type, dimensions.
    private const int FewestBytes = 3;
    private const int MostDimensions = 64;
    private static readonly (ScalarType Type, int Size)[] Types =
    [
        (ScalarType.Float32, 4), (ScalarType.Float64, 8), (ScalarType.Int64, 8), (ScalarType.Int32, 4), (ScalarType.Byte, 1), (ScalarType.Bool, 1), (ScalarType.Float16, 2), (ScalarType.BFloat16, 2),
    ];

    /// <summary>Reads all tensors into CPU memory; they belong to the caller's scope. Nothing is allocated that the file does not fill.</summary>
    /// <param name="stream">The file, at its start; it knows its length.</param>
    /// <exception cref="FormatException">It is not a state file, or a damaged one.</exception>
    public static IReadOnlyList<(string Name, Tensor Value)> Read(Stream stream)
    {
        using var _ = no_grad();
        using var reader = new BinaryReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        try
        {
            return ReadAll(reader);
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("the file is cut off", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("a name is not text", e);
        }
    }

    private static List<(string Name, Tensor Value)> ReadAll(BinaryReader reader)
    {
        var count = ReadNumber(reader);
        Expect(count <= Left(reader) / FewestBytes, $"{count} tensors cannot be in the {Left(reader)} bytes that are left");
        var tensors = new List<(string Name, Tensor Value)>();
        var names = new HashSet<string>();
        for (var i = 0L; i < count; i++)
        {
            var name = reader.ReadString();
            Expect(name.Length > 0 && !name.Any(char.IsControl), $"tensor {i + 1} of {count} has no proper name");
            Expect(names.Add(name), $"tensor {name} is there twice");
            tensors.Add((name, ReadTensor(reader, name)));
        }

        Expect(Left(reader) == 0, $"{Left(reader)} bytes are left after the last of {count} tensors");
        return tensors;
    }

    private static Tensor ReadTensor(BinaryReader reader, string name)
    {
        var code = ReadNumber(reader);
        var place = Array.FindIndex(Types, type => (long)type.Type == code);
        Expect(place >= 0, $"tensor {name} is of the number type {code}, which is not read; {string.Join(", ", Types.Select(type => type.Type))} are");
        var dimensions = ReadNumber(reader);
        Expect(dimensions <= MostDimensions, $"tensor {name} has {dimensions} dimensions");
        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadNumber(reader);
        }

        var (type, size) = Types[place];
        var bytes = shape.Aggregate((Int128)size, (product, next) => product > long.MaxValue ? product : product * next);
        Expect(bytes <= Left(reader), $"the file is cut off: tensor {name} [{string.Join(", ", shape)}] needs {bytes} bytes and {Left(reader)} are left");
        var tensor = empty(shape, dtype: type);
        if (bytes > 0)
        {
            tensor.ReadBytesFromStream(reader.BaseStream, 1 << 16);
        }

        return tensor;
    }

    private static long ReadNumber(BinaryReader reader)
    {
        var number = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = reader.ReadByte();
            Expect(shift < 56 || part == 0, "a number of it is out of range");
            number |= (long)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                return number;
            }
        }
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
