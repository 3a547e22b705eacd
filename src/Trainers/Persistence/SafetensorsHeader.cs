using System.Buffers.Binary;
using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>
/// The start of a safetensors file: uint64 length, then so many bytes of JSON, an object that names for each tensor its <c>dtype</c>, <c>shape</c> and
/// <c>data_offsets</c>, and under <c>__metadata__</c> texts about the file.
/// </summary>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">The texts.</param>
/// <param name="Length">Bytes in front of the numbers.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long Length)
{
    // The limit of the reference implementation.
    private const int MostBytes = 100_000_000;
    private const int Alignment = 8;
    private const string MetadataName = "__metadata__";

    public void Write(Stream stream)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteMetadata(writer);
            foreach (var entry in Entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndObject();
        }

        while (json.Length % Alignment != 0)
        {
            json.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        stream.Write(length);
        json.WriteTo(stream);
    }

    /// <summary>Reads and checks the header of a file.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <exception cref="FormatException">It is not a safetensors file, or a damaged one.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        var total = stream.Length - stream.Position;
        var bytes = new byte[sizeof(ulong)];
        Expect(total >= bytes.Length, $"it has {total} bytes, fewer than the 8 that every such file starts with");
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Expect(length is >= 2 and <= MostBytes, $"its first 8 bytes give the header {length} bytes; 2 to {MostBytes} are possible");
        Expect((long)length <= total - bytes.Length, $"its header must have {length} bytes and {total - bytes.Length} are there: the file is cut off, or of another kind");
        var json = new byte[length];
        stream.ReadExactly(json);
        Expect(json[0] == '{', "its header is not JSON: it does not start with {");
        var start = bytes.Length + (long)length;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, start, total - start);
        }
        catch (JsonException e)
        {
            throw new FormatException($"its header is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"its header holds a value of the wrong kind: {e.Message}", e);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root, long start, long dataBytes)
    {
        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, SafetensorsEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataName))
            {
                Expect(metadata.Count == 0, $"{MetadataName} is there twice");
                foreach (var text in property.Value.EnumerateObject())
                {
                    Expect(metadata.TryAdd(text.Name, text.Value.GetString() ?? string.Empty), $"the metadata {text.Name} is there twice");
                }
            }
            else
            {
                Expect(entries.TryAdd(property.Name, Parse(property.Name, property.Value)), $"tensor {property.Name} is there twice");
            }
        }

        List<SafetensorsEntry> ordered = [.. entries.Values.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        var place = 0L;
        foreach (var entry in ordered)
        {
            Expect(entry.Start == place, $"the numbers of {entry} must start at {place}, where those before it end, and start at {entry.Start}");
            place = entry.End;
        }

        Expect(place == dataBytes, $"the tensors need {place} bytes and {dataBytes} are there: the file is {(place > dataBytes ? "cut off" : "longer than it says")}");
        return new SafetensorsHeader(ordered, metadata, start);
    }

    private static SafetensorsEntry Parse(string name, JsonElement value)
    {
        var parts = value.EnumerateObject().Select(part => part.Name).Order().ToList();
        Expect(parts.SequenceEqual(["data_offsets", "dtype", "shape"]), $"tensor {name} must have dtype, shape and data_offsets and has {string.Join(", ", parts)}");
        var type = SafetensorsType.Find(value.GetProperty("dtype").GetString() ?? "null", name);
        var (shape, offsets) = (Numbers(name, value.GetProperty("shape")), Numbers(name, value.GetProperty("data_offsets")));
        Expect(offsets.Length == 2 && offsets[0] <= offsets[1], $"tensor {name} must have two data_offsets, the start first, and has [{string.Join(", ", offsets)}]");
        var entry = new SafetensorsEntry(name, type, shape, offsets[0], offsets[1]);

        // In Int128 with a look at each step: a product of damaged sizes must not wrap around to a small one.
        var size = shape.Aggregate((Int128)type.Size, (product, next) => product > long.MaxValue ? product : product * next);
        Expect(size == entry.End - entry.Start, $"tensor {entry} has {size} bytes by its shape and {entry.End - entry.Start} by its data_offsets");
        return entry;
    }

    private static long[] Numbers(string name, JsonElement array) =>
    [
        .. array.EnumerateArray().Select(element => element.TryGetInt64(out var number) && number >= 0
            ? number
            : throw new FormatException($"tensor {name} must have whole numbers of 0 or more as shape and data_offsets; found {element.GetRawText()}")),
    ];

    private static void Write(Utf8JsonWriter writer, SafetensorsEntry entry)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Type.Name);
        writer.WriteStartArray("shape");
        Array.ForEach(entry.Shape, writer.WriteNumberValue);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(entry.Start);
        writer.WriteNumberValue(entry.End);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteMetadata(Utf8JsonWriter writer)
    {
        if (Metadata.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(MetadataName);
        foreach (var (name, text) in Metadata)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
