using System.Globalization;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Numbers in reports.</summary>
public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(0.12345, "0.1235")]
    [InlineData(12.3456, "12.35")]
    [InlineData(-999.96, "-1000")]
    [InlineData(12345.6, "12,346")]
    [InlineData(1.23456e-5, "1.235e-5")]
    [InlineData(-2e7, "-2e7")]
    [InlineData(double.MaxValue, "1.798e308")]
    [InlineData(double.Epsilon, "4.941e-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void A_number_has_four_digits_in_any_culture(double value, string text)
    {
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "~");
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(text, Figures.Number(value));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Counts_shares_and_times_are_readable()
    {
        Assert.Equal(("1,234,567", "12.3 %", "NaN"), (Figures.Count(1234567), Figures.Percent(0.12345), Figures.Percent(double.NaN)));
        Assert.Equal(
            ["85 ms", "4.2 s", "3 min 5 s", "26 h 10 min"],
            new[] { 0.085, 4.2, 185, 94_200 }.Select(seconds => Figures.Time(TimeSpan.FromSeconds(seconds))));
    }
}
