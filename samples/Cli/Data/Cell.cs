using System.Globalization;

namespace Samples.Cli;

/// <summary>What a field of a file may be.</summary>
internal static class Cell
{
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "?", "-", "NA", "N/A", "NaN", "null", "none" };

    /// <summary>Whether it stands for no value.</summary>
    public static bool IsMissing(string text) => Missing.Contains(text.Trim());

    /// <summary>Whether it is a number, as ML.NET's loader reads it.</summary>
    public static bool IsNumber(string text, char decimalMarker) =>
        !text.AsSpan().Trim().ContainsAnyExcept("0123456789+-eE" + decimalMarker)
        && double.TryParse(text.Replace(decimalMarker, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
