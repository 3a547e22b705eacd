using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A number type of the safetensors format that is read, those of 16 bits as Float32.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Size">Bytes a number.</param>
/// <param name="Numbers">The type of the tensor in memory.</param>
/// <param name="Widen">Makes a Float32 of 16 bits; null where the bytes are taken as they are.</param>
internal sealed record SafetensorsType(string Name, int Size, ScalarType Numbers, Func<ushort, float>? Widen = null)
{
    // In the order of the format's own list, by which the reference implementation sorts tensors, the last first.
    private static readonly SafetensorsType[] All =
    [
        new("BOOL", 1, ScalarType.Bool),
        new("U8", 1, ScalarType.Byte),
        new("F16", 2, ScalarType.Float32, bits => (float)BitConverter.UInt16BitsToHalf(bits)),
        new("BF16", 2, ScalarType.Float32, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        new("I32", 4, ScalarType.Int32),
        new("F32", 4, ScalarType.Float32),
        new("F64", 8, ScalarType.Float64),
        new("I64", 8, ScalarType.Int64),
    ];

    /// <summary>Its place in the order of files; types of larger numbers come first.</summary>
    public int Place => All.Length - Array.IndexOf(All, this);

    /// <exception cref="FormatException">No such type is read.</exception>
    public static SafetensorsType Find(string name, string tensor) => Array.Find(All, type => type.Name == name)
        ?? throw new FormatException($"tensor {tensor} is of type \"{name}\"; the types read are {string.Join(", ", All.Select(type => type.Name))}");

    /// <summary>The type that a tensor is written as.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static SafetensorsType Of(string name, ScalarType numbers) => Array.Find(All, type => type.Widen is null && type.Numbers == numbers)
        ?? throw new NotSupportedException($"Tensor {name} must be of type {string.Join(", ", All.Where(type => type.Widen is null).Select(type => type.Numbers))} to be written to a safetensors file; it is {numbers}.");
}
