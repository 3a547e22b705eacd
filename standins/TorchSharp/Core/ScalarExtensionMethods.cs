namespace TorchSharp;

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>As a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>As a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>As a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>As a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>As a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>As a 32-bit floating-point number.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Double;

    /// <summary>As a 64-bit floating-point number.</summary>
    public static double ToDouble(this Scalar value) => value.Double;

    /// <summary>As a 32-bit integer.</summary>
    public static int ToInt32(this Scalar value) => (int)value.Int64;

    /// <summary>As a 64-bit integer.</summary>
    public static long ToInt64(this Scalar value) => value.Int64;

    /// <summary>As a truth value.</summary>
    public static bool ToBoolean(this Scalar value) => value.Double != 0;
}
