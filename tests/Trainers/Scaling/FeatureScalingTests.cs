namespace MLNet.GradStability.Tests.Scaling;

/// <summary>The numbers of the scalings, over the whole range of Single.</summary>
[Trait("Row", "R25")]
public class FeatureScalingTests
{
    private static readonly float[] Column = [7, 1, 3, 1, 0, 9, 4, -2, 100];

    [Fact]
    public void Standardize_takes_mean_and_deviation()
    {
        var mean = Column.Average(value => (double)value);
        var deviation = Math.Sqrt(Column.Average(value => (value - mean) * (value - mean)));

        var scaled = Scaled(InputScaling.Standardize(2), Column);

        Assert.Equal(Column.Select(value => (float)Math.Clamp((value - mean) / deviation, -2, 2)), scaled, Near);
        Assert.Equal(2, scaled[^1]);
    }

    [Fact]
    public void Robust_takes_the_median_and_a_quarter_of_the_range()
    {
        float[] column = [0, 2, 4, 6, 16];

        Assert.Equal(new[] { -1, -0.5, 0, 0.5, 3 }.Select(z => (float)(z / Math.Sqrt(1 + (z / 3 * (z / 3))))), Scaled(InputScaling.Robust(3), column), Near);
    }

    [Fact]
    public void Robust_goes_by_the_quartiles_where_extremes_stretch_the_range()
    {
        // Sorted −2 0 1 1 3 4 7 9 100: quartiles 1 and 7, median 3.
        float[] column = [.. Column[..^1], 1e9f];

        var scaled = Scaled(InputScaling.Robust(3), column);

        Assert.Equal(column.Select(value => (value - 3) / (5 * 6 / 1.3489795003921634)).Select(z => (float)(z / Math.Sqrt(1 + (z / 3 * (z / 3))))), scaled, Near);
        Assert.InRange(scaled[^1], 2.999f, 3f);
    }

    [Fact]
    public void Quartiles_lie_between_numbers()
    {
        // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75]) is [1.75, 3, 5].
        Assert.Equal([1.75, 3, 5], new[] { 0.25, 0.5, 0.75 }.Select(p => Quantiles.Of([1, 2, 4, 8], p)));
        Assert.Equal(7, Quantiles.Of([7], 0.9));
    }

    [Fact]
    public void Where_the_quartiles_coincide_the_values_that_differ_scale()
    {
        // Distances 2 4 4 6 and an extreme: their median is 4.
        float[] column = [.. Enumerable.Repeat(1f, 95), 3, 5, -3, 7, 1e9f];

        var scaled = Scaled(InputScaling.Robust(double.PositiveInfinity), column);

        Assert.Equal(0, scaled[0]);
        Assert.Equal(4 / (5 * 4 * 1.482602218505602), scaled[96], 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-9f)]
    [InlineData(1e9f)]
    [InlineData(3e36f)]
    [InlineData(1e-42f)]
    public void The_scale_of_the_data_does_not_matter(float factor)
    {
        // Subnormal numbers have few digits.
        var tolerance = factor < 1e-37f ? 2e-2 : 1e-5;
        float[] scaled = [.. Column.Select(value => value * factor)];
        foreach (var scaling in new[] { InputScaling.Standardize(), InputScaling.Robust() })
        {
            Assert.Equal(Scaled(scaling, Column), Scaled(scaling, scaled), (a, b) => Math.Abs(a - b) <= tolerance * (1 + Math.Abs(a)));
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void The_ends_of_the_range_are_finite(string json)
    {
        var scaling = Descriptions.FromJson<InputScaling>(json);
        Assert.All(Scaled(scaling, [float.MaxValue, float.MinValue, 0, 1, float.MaxValue]), value => Assert.True(float.IsFinite(value)));
        Assert.All(Scaled(scaling, [float.Epsilon, 0, 0, 0, float.Epsilon]), value => Assert.True(float.IsFinite(value)));

        var fitted = scaling.Fit(Summary(scaling, [0, float.Epsilon, 0, float.Epsilon]));
        float[] later = [float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        fitted.Apply(later);
        Assert.All(later[..4], value => Assert.True(float.IsFinite(value)));
        Assert.Equal((later[0], later[1]), (later[2], later[3]));
        Assert.True(later[0] > 0 && later[1] < 0 && float.IsNaN(later[4]));
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void A_feature_that_never_varies_becomes_0_whatever_comes_later(string json)
    {
        var scaling = Descriptions.FromJson<InputScaling>(json);
        var fitted = scaling.Fit(Summary(scaling, [0.1f, 0.1f, 0.1f]));
        float[] rows = [0.1f, 5, float.PositiveInfinity];
        fitted.Apply(rows);

        Assert.Equal([0, 0, 0], rows);
    }

    [Fact]
    public void Each_feature_is_scaled_by_itself()
    {
        var summary = new FeatureSummary(2, sample: null);
        summary.Add([1, 1000]);
        summary.Add([3, 5000]);
        float[] rows = [1, 1000, 3, 5000, 2, 3000];
        InputScaling.Standardize().Fit(summary).Apply(rows);

        Assert.Equal([-1, -1, 1, 1, 0, 0], rows);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Many_features_at_once_get_the_same_bits_as_one(double limit, bool isSmooth)
    {
        // More than any vector register holds, and some over.
        const int Features = 67;
        var random = new Random(1);
        double[] centers = [.. Enumerable.Range(0, Features).Select(i => random.NextDouble() * Math.Pow(10, (i % 9) - 4))];
        double[] scales = [.. Enumerable.Range(0, Features).Select(i => i % 8 == 0 ? 0 : random.NextDouble() * Math.Pow(10, (i % 7) - 3))];
        float[] row = [.. Enumerable.Range(0, Features).Select(i => (float)(random.NextDouble() * Math.Pow(10, i % 30)))];
        (row[3], row[20], row[41], row[66]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue);
        float[] expected = [.. row.Select((value, i) => One(value, i))];

        new FeatureScaling(centers, scales, limit, isSmooth).Apply(row);

        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), row.Select(BitConverter.SingleToInt32Bits));

        float One(float value, int i)
        {
            float[] alone = [value];
            new FeatureScaling([centers[i]], [scales[i]], limit, isSmooth).Apply(alone);
            return alone[0];
        }
    }

    [Fact]
    public void Quartiles_of_many_rows_come_from_a_sample()
    {
        var summary = new FeatureSummary(1, new Random(1));
        for (var i = 0; i < 400_000; i++)
        {
            summary.Add([i]);
        }

        var sorted = summary.Sorted([0]);
        Assert.Equal(1 << 14, sorted.Length);
        Assert.All([0.25, 0.5, 0.75], p => Assert.Equal(400_000 * p, Quantiles.Of(sorted, p), 5000.0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.99)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void A_limit_out_of_range_is_refused(double limit)
    {
        foreach (var (name, make) in new (string, Func<double, InputScaling>)[] { ("Standardize", InputScaling.Standardize), ("Robust", InputScaling.Robust) })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => make(limit));
            Assert.StartsWith(FormattableString.Invariant($"InputScaling.{name}: limit must be 1 or greater; got {limit}. Usual values are 3 to 10"), error.Message);
        }
    }

    public static TheoryData<string> Scalings => new(
        """{"kind":"standardize","limit":10}""",
        """{"kind":"standardize","limit":"Infinity"}""",
        """{"kind":"robust","limit":3}""",
        """{"kind":"robust","limit":"Infinity"}""");

    private static bool Near(float a, float b) => Math.Abs(a - b) <= 1e-6 * (1 + Math.Abs(a));

    private static float[] Scaled(InputScaling scaling, float[] column)
    {
        float[] scaled = [.. column];
        scaling.Fit(Summary(scaling, column)).Apply(scaled);
        return scaled;
    }

    private static FeatureSummary Summary(InputScaling scaling, float[] column)
    {
        var summary = new FeatureSummary(1, scaling.NeedsQuantiles ? new Random(1) : null);
        foreach (var value in column)
        {
            summary.Add([value]);
        }

        return summary;
    }
}
