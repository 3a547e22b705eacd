using System.Globalization;

namespace MLNet.GradStability;

/// <summary>Numbers as people read them.</summary>
internal static class Words
{
    /// <summary>Three digits, or a power of ten: 0.38, 12.5, 3.4e5.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        double.PositiveInfinity => "∞",
        >= 1e4 or (> 0 and < 1e-2) => value.ToString("0.#e0", CultureInfo.InvariantCulture),
        >= 1e3 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    /// <summary>A share in per cent, or as a multiple where it is large.</summary>
    public static string Percent(double share) => share >= 10 ? $"{Number(share)} times" : $"{Number(100 * share)} %";

    /// <summary>A number of one digit, as C# and people write it: 3e-4.</summary>
    public static string Rate(double value) => value.ToString("0e0", CultureInfo.InvariantCulture);
}
