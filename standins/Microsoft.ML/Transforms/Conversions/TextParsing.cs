using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Reads values from text by ML.NET's rules: an empty text is the default, an unreadable number NaN.</summary>
internal static class TextParsing
{
    private static readonly string[] Missing = ["?", "na", "n/a", "nan"];

    /// <summary>Reads a value; false, with NaN or the default, when the text is none.</summary>
    public static bool TryParse<T>(ReadOnlyMemory<char> text, out T value)
    {
        (bool read, object result) = Read(text, typeof(T));
        value = (T)result;
        return read;
    }

    private static (bool Read, object Value) Read(ReadOnlyMemory<char> text, Type type)
    {
        var span = text.Span;
        if (type == typeof(float))
            return (TryNumber(span, out double single), (float)single);
        if (type == typeof(double))
            return (TryNumber(span, out double number), number);
        if (type == typeof(bool))
            return (TryBoolean(span, out bool flag), flag);
        if (type == typeof(ReadOnlyMemory<char>))
            return (true, text);
        if (type == typeof(TimeSpan))
            return (TimeSpan.TryParse(span, CultureInfo.InvariantCulture, out var time) || span.IsEmpty, time);
        if (type == typeof(DateTime))
            return (DateTime.TryParse(span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var date) || span.IsEmpty, date);
        if (type == typeof(DateTimeOffset))
            return (DateTimeOffset.TryParse(span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned)
                || span.IsEmpty, zoned);
        if (type == typeof(sbyte))
            return Integer<sbyte>(span);
        if (type == typeof(short))
            return Integer<short>(span);
        if (type == typeof(int))
            return Integer<int>(span);
        if (type == typeof(long))
            return Integer<long>(span);
        if (type == typeof(byte))
            return Integer<byte>(span);
        if (type == typeof(ushort))
            return Integer<ushort>(span);
        return type == typeof(uint) ? Integer<uint>(span) : Integer<ulong>(span);
    }

    // Of the integers the signed ones take an empty text for 0.
    private static (bool, object) Integer<T>(ReadOnlySpan<char> span)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        bool signed = T.MinValue < T.Zero;
        if (span.IsEmpty)
            return (signed, T.Zero);
        bool read = T.TryParse(span, signed ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out T value)
            && span[0] != '+';
        return (read, read ? value : T.Zero);
    }

    private static bool TryNumber(ReadOnlySpan<char> span, out double value)
    {
        var trimmed = span.TrimStart();
        // As in ML.NET, white space in front is taken from a single character only.
        bool single = trimmed.Length < span.Length && trimmed.Length == 1;
        trimmed = single || trimmed.Length == span.Length ? trimmed.TrimEnd() : trimmed.IsEmpty ? "" : "x";
        value = trimmed switch
        {
            "" => 0,
            "?" or "NaN" => double.NaN,
            "Infinity" or "∞" => double.PositiveInfinity,
            "-Infinity" or "-∞" => double.NegativeInfinity,
            _ => Finite(trimmed),
        };
        return !double.IsNaN(value) || IsMissing(span);
    }

    private static double Finite(ReadOnlySpan<char> span) =>
        !span.ContainsAnyExcept("0123456789.+-eE")
            && double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static bool IsMissing(ReadOnlySpan<char> span)
    {
        foreach (string missing in Missing)
        {
            if (span.Equals(missing, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool TryBoolean(ReadOnlySpan<char> span, out bool value)
    {
        value = false;
        switch (span.ToString().ToLowerInvariant())
        {
            case "t" or "y" or "1" or "+" or "+1" or "yes" or "true":
                value = true;
                return true;
            case "" or "f" or "n" or "0" or "-" or "-1" or "no" or "false":
                return true;
            default:
                return false;
        }
    }
}
