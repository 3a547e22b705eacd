using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Conversions and storage of tensors.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The only element.</summary>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element.</summary>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>The only element.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>Takes the tensor's data over as a parameter.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>Bytes of an element.</summary>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };

    /// <summary>Writes element type, shape and elements.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var copy = tensor.device_type == DeviceType.CPU ? null : tensor.cpu();
        var source = copy ?? tensor;
        writer.Encode((long)source.dtype);
        writer.Encode(source.ndim);
        foreach (var size in source.shape)
            writer.Encode(size);
        source.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Writes element type, shape and elements, and closes the stream.</summary>
    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
        stream.Flush();
    }

    /// <summary>Reads elements saved before into a tensor of the same type and shape.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        if ((torch.ScalarType)reader.Decode() != tensor.dtype)
            throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        var shape = ReadShape(reader);
        if (!skip && !shape.SequenceEqual(tensor.shape))
            throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        ReadElements(tensor, reader, skip);
    }

    /// <summary>Reads a tensor saved before.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = (torch.ScalarType)reader.Decode();
        var tensor = torch.empty(ReadShape(reader), dtype: type);
        ReadElements(tensor, reader, skip);
        return tensor;
    }

    private static long[] ReadShape(BinaryReader reader)
    {
        var shape = new long[reader.Decode()];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = reader.Decode();
        return shape;
    }

    private static void ReadElements(torch.Tensor tensor, BinaryReader reader, bool skip)
    {
        if (skip)
        {
            reader.BaseStream.Seek(tensor.NumberOfElements * tensor.ElementSize, SeekOrigin.Current);
            return;
        }
        using var off = torch.no_grad();
        if (tensor.device_type == DeviceType.CPU)
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }
        using var copy = torch.empty_like(tensor, device: torch.CPU);
        copy.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(copy);
    }
}
