namespace TorchSharp;

internal static class ScalarTypes
{
    public static bool IsIntegral(this torch.ScalarType type) =>
        type is >= torch.ScalarType.Byte and <= torch.ScalarType.Int64 or torch.ScalarType.Bool;

    public static bool IsFloatingPoint(this torch.ScalarType type) =>
        type is >= torch.ScalarType.Float16 and <= torch.ScalarType.Float64 or torch.ScalarType.BFloat16;

    public static bool IsComplex(this torch.ScalarType type) =>
        type is torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64;
}

public static partial class torch
{
    /// <summary>Unsigned 8-bit integer.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integer.</summary>
    public static ScalarType int8 = ScalarType.Int8;

    /// <summary>16-bit integer.</summary>
    public static ScalarType int16 = ScalarType.Int16;

    /// <summary>32-bit integer.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit integer.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary>16-bit floating point.</summary>
    public static ScalarType float16 = ScalarType.Float16;

    /// <summary>Brain floating point.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>32-bit floating point.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floating point.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>Truth value.</summary>
    public static ScalarType @bool = ScalarType.Bool;
}
