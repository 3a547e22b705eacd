using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number of any type, made by implicit conversion.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Tag Tag;
    internal readonly long Payload;

    internal Scalar(Tag tag, long payload) => (Tag, Payload) = (tag, payload);

    /// <summary>The element type libtorch gives the number.</summary>
    public torch.ScalarType Type => Tag switch
    {
        Tag.Int => torch.ScalarType.Int64,
        Tag.Double => torch.ScalarType.Float64,
        _ => torch.ScalarType.Bool,
    };

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    internal double Double => Tag == Tag.Double ? BitConverter.Int64BitsToDouble(Payload) : Payload;

    internal long Int64 => Tag == Tag.Double ? (long)Double : Payload;

    /// <summary>From an integer.</summary>
    public static implicit operator Scalar(byte value) => new(Tag.Int, value);

    /// <summary>From an integer.</summary>
    public static implicit operator Scalar(sbyte value) => new(Tag.Int, value);

    /// <summary>From an integer.</summary>
    public static implicit operator Scalar(short value) => new(Tag.Int, value);

    /// <summary>From an integer.</summary>
    public static implicit operator Scalar(int value) => new(Tag.Int, value);

    /// <summary>From an integer.</summary>
    public static implicit operator Scalar(long value) => new(Tag.Int, value);

    /// <summary>From a floating-point number.</summary>
    public static implicit operator Scalar(float value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>From a floating-point number.</summary>
    public static implicit operator Scalar(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>From a truth value.</summary>
    public static implicit operator Scalar(bool value) => new(Tag.Bool, value ? 1 : 0);
}
