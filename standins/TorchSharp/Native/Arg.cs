using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>An operator's argument. What it refers to stays alive as long as the argument does.</summary>
internal readonly struct Arg
{
    public readonly object? Object;
    public readonly long Payload;
    public readonly Tag Tag;

    private Arg(Tag tag, long payload = 0, object? @object = null) => (Tag, Payload, Object) = (tag, payload, @object);

    /// <summary>The default of the operator's schema.</summary>
    public static Arg Default => default;

    /// <summary>No value.</summary>
    public static Arg None => new(Tag.None);

    /// <summary>A list whose entries may be missing, as indexing takes it.</summary>
    public static Arg Optional(Tensor?[] tensors) => new(Tag.OptionalTensorList, 0, tensors);

    public static implicit operator Arg(Tensor? tensor) => tensor is null ? None : new(Tag.Tensor, tensor.Handle, tensor);
    public static implicit operator Arg(int value) => new(Tag.Int, value);
    public static implicit operator Arg(long value) => new(Tag.Int, value);
    public static implicit operator Arg(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static implicit operator Arg(long? value) => value is { } v ? v : None;
    public static implicit operator Arg(double? value) => value is { } v ? v : None;
    public static implicit operator Arg(Scalar? scalar) => scalar is null ? None : new(scalar.Tag, scalar.Payload);
    public static implicit operator Arg(ScalarType type) => new(Tag.Int, (long)type);
    public static implicit operator Arg(ScalarType? type) => type is { } t ? t : None;
    public static implicit operator Arg(Device? device) => device is null ? None : new(Tag.Device, (long)device.type, device);
    public static implicit operator Arg(Generator? generator) => generator is null ? None : new(Tag.Generator, generator.Handle, generator);
    public static implicit operator Arg(long[]? values) => values is null ? None : new(Tag.IntList, values.Length, values);
    public static implicit operator Arg(double[]? values) => values is null ? None : new(Tag.DoubleList, values.Length, values);
    public static implicit operator Arg(Tensor[] tensors) => new(Tag.TensorList, tensors.Length, tensors);

    public static implicit operator Arg(string? text)
    {
        if (text is null)
            return None;
        var bytes = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, bytes);
        return new(Tag.String, 0, bytes);
    }

    /// <summary>Words of scratch memory that the argument's list takes.</summary>
    public int Words => Tag is Tag.IntList or Tag.DoubleList or Tag.TensorList or Tag.OptionalTensorList ? ((Array)Object!).Length : 0;
}
