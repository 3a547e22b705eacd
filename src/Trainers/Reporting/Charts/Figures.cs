using System.Globalization;

namespace MLNet.GradStability;

/// <summary>Numbers as a reader wants them, the same in every culture.</summary>
internal static class Figures
{
    /// <summary>A measured number, to four digits: 0.1235, 12.35, 1.235e-5, NaN, ∞.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        0 => "0",
        _ when Math.Abs(value) is >= 1e6 or < 1e-3 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => Digits(value),
    };

    /// <summary>A whole number: 12,345.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share: 0.1235 as 12.4 %.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? $"{(100 * share).ToString("0.#", CultureInfo.InvariantCulture)} %" : Number(share);

    /// <summary>A length of time: 85 ms, 4.2 s, 3 min 5 s, 2 h 10 min.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    private static string Digits(double value)
    {
        var places = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString("0." + new string('#', places), CultureInfo.InvariantCulture);
    }
}
