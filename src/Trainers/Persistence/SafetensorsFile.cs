using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Files in the safetensors format (github.com/huggingface/safetensors), little-endian: a <see cref="SafetensorsHeader"/>, then the numbers of all tensors
/// without gaps. Written as the reference implementation does: large number types first, then by name, the header padded to 8 bytes.
/// </summary>
/// <remarks>Departure from the reference: a name that is there twice is an error. A header that is not padded is read, as it is there.</remarks>
internal static class SafetensorsFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes tensors; the stream stays open.</summary>
    /// <exception cref="NotSupportedException">A tensor is of a type that is not written.</exception>
    public static void Write(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var ordered = tensors
            .Select(tensor => (tensor.Name, tensor.Value, Type: SafetensorsType.Of(tensor.Name, tensor.Value.dtype)))
            .OrderBy(tensor => tensor.Type.Place)
            .ThenBy(tensor => tensor.Name, StringComparer.Ordinal)
            .ToList();
        var entries = new List<SafetensorsEntry>();
        var place = 0L;
        foreach (var (name, value, type) in ordered)
        {
            var end = place + (value.numel() * type.Size);
            entries.Add(new SafetensorsEntry(name, type, value.shape, place, end));
            place = end;
        }

        new SafetensorsHeader(entries, metadata, Length: 0).Write(stream);
        foreach (var (_, value, _) in ordered)
        {
            value.detach().cpu().contiguous().WriteBytesToStream(stream, BufferSize);
        }
    }

    /// <summary>Reads all tensors into CPU memory, those of 16 bits as Float32; they belong to the caller's scope. Nothing is allocated that the file does not fill.</summary>
    /// <param name="stream">The file, at its start; it knows its length.</param>
    /// <exception cref="FormatException">It is not a safetensors file, or a damaged one.</exception>
    public static (IReadOnlyList<(string Name, Tensor Value)> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream)
    {
        using var _ = no_grad();
        var header = SafetensorsHeader.Read(stream);
        return ([.. header.Entries.Select(entry => (entry.Name, ReadNumbers(stream, entry)))], header.Metadata);
    }

    private static Tensor ReadNumbers(Stream stream, SafetensorsEntry entry)
    {
        var tensor = empty(entry.Shape, dtype: entry.Type.Numbers);
        if (entry.Type.Widen is { } widen)
        {
            ReadWidened(stream, tensor, widen);
        }
        else if (tensor.numel() > 0)
        {
            tensor.ReadBytesFromStream(stream, BufferSize);
        }

        return tensor;
    }

    private static void ReadWidened(Stream stream, Tensor tensor, Func<ushort, float> widen)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        var buffer = new byte[BufferSize];
        for (var done = 0; done < numbers.Length;)
        {
            var count = Math.Min(numbers.Length - done, BufferSize / sizeof(ushort));
            stream.ReadExactly(buffer, 0, count * sizeof(ushort));
            foreach (var bits in MemoryMarshal.Cast<byte, ushort>(buffer.AsSpan(0, count * sizeof(ushort))))
            {
                numbers[done++] = widen(bits);
            }
        }
    }
}
