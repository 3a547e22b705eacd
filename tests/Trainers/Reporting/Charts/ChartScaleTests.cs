namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Where values lie on an axis, and which of them are named.</summary>
public class ChartScaleTests
{
    [Theory]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3, 12, 5, "0 5 10")]
    [InlineData(0, 9_000, 6, "0 2,000 4,000 6,000 8,000")]
    [InlineData(0.0011, 0.0019, 4, "0.0012 0.0014 0.0016 0.0018")]
    [InlineData(-1e308, 1e308, 4, "-1e308 -5e307 0 5e307 1e308")]
    public void Linear_ticks_are_round(double low, double high, int most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', LinearScale.Of(low, high).Ticks(most).Select(tick => tick.Text)));

    [Fact]
    public void Whole_numbers_have_whole_ticks() =>
        Assert.Equal(["1", "2", "3"], LinearScale.Of(1, 3, isWhole: true).Ticks(9).Select(tick => tick.Text));

    [Theory]
    [InlineData(1e-6, 1e3, 5, "1e-6 1e-4 0.01 1 100")]
    [InlineData(1, 1000, 6, "1 10 100 1,000")]
    [InlineData(0.9, 60, 6, "1 2 5 10 20 50")]
    [InlineData(0.21, 0.29, 6, "0.22 0.24 0.26 0.28")]
    [InlineData(5e-324, 1e308, 6, "1e-200 1 1e200")]
    public void Logarithmic_ticks_are_powers_of_ten_or_near_them(double low, double high, int most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', LogScale.Of(low, high).Ticks(most).Select(tick => tick.Text)));

    [Theory]
    [InlineData(false, 0, 10, 2.5, 0.25)]
    [InlineData(true, 1, 10_000, 100, 0.5)]
    [InlineData(true, 1, 100, 0, 0)]
    [InlineData(true, 1, 100, -5, 0)]
    [InlineData(false, 0, 10, 99, 1)]
    [InlineData(false, 0, 10, double.PositiveInfinity, 1)]
    [InlineData(false, -1.7e308, 1.7e308, 0, 0.5)]
    public void A_value_has_its_place(bool isLog, double low, double high, double value, double place)
    {
        var scale = ChartScale.Over(new Axis("x", isLog ? ScaleKind.Log : ScaleKind.Linear), [low, high]);
        Assert.Equal(place, scale.Position(value), 1e-9);
        Assert.Equal(double.NaN, scale.Position(double.NaN));
    }

    [Theory]
    [InlineData(ScaleKind.Linear)]
    [InlineData(ScaleKind.Log)]
    internal void No_value_or_one_still_makes_a_scale(ScaleKind kind)
    {
        double[][] cases = [[], [double.NaN], [0], [5, 5], [-1], [1e300], [double.PositiveInfinity], [double.Epsilon]];
        Assert.All(cases, values =>
        {
            var scale = ChartScale.Over(new Axis("x", kind), values);
            Assert.True(double.IsFinite(scale.Low) && scale.High > scale.Low, $"{scale}");
            Assert.All(scale.Ticks(5), tick => Assert.True(double.IsFinite(scale.Position(tick.Value))));
        });
    }

    [Fact]
    public void An_axis_turns_logarithmic_where_values_span_magnitudes()
    {
        Assert.Equal(ScaleKind.Log, new Axis("loss").Fitting([0.01, 2, double.NaN]).Kind);
        Assert.Equal(ScaleKind.Linear, new Axis("loss").Fitting([0.5, 2]).Kind);
        Assert.Equal(ScaleKind.Linear, new Axis("loss").Fitting([0, 1000]).Kind);
        Assert.Equal("norm (log scale)", new Axis("norm") { Unit = "log scale" }.Title);
    }
}
