using Microsoft.ML;

namespace MLNet.GradStability.Tests.InputGuard;

/// <summary>The statistics that fitting finds, against numbers worked out by hand.</summary>
public sealed class InputGuardFitTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Statistics_are_robust_with_documented_fallbacks()
    {
        var statistics = _ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, Table.Holes)).Statistics;
        Assert.Equal(
            [
                new(3, 1.4826, ScaleSource.MedianAbsoluteDeviation, 5, 2),
                new(5, 1, ScaleSource.One, 6, 1),
                new(0, Math.Sqrt(125) / 3, ScaleSource.StandardDeviation, 6, 1),
                new(0, 1, ScaleSource.One, 0, 7),
            ],
            statistics.Select(feature => feature with { Scale = feature.ScaleSource == ScaleSource.StandardDeviation ? Near(feature.Scale, Math.Sqrt(125) / 3) : feature.Scale }));
    }

    [Fact]
    public void An_even_count_takes_the_mean_of_the_two_in_the_middle()
    {
        var feature = Assert.Single(_ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, [1], [2], [4], [9])).Statistics);
        Assert.Equal(3, feature.Median);
        Assert.Equal(1.4826 * 1.5, feature.Scale);
    }

    [Fact]
    public void Extreme_numbers_give_finite_statistics()
    {
        var model = _ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, [float.MaxValue, 1e-45f], [float.MinValue, 0], [0, 2e-45f]));
        Assert.All(model.Statistics, feature => Assert.True(double.IsFinite(feature.Scale) && feature.Scale > 0));
    }

    [Fact]
    public void More_rows_than_the_sample_give_a_close_median_and_exact_counts()
    {
        var rows = Enumerable.Range(0, 50_000).Select(i => new[] { (float)(i * 7919 % 50_000) }).ToArray();
        var estimator = _ml.Transforms.InputGuard("Features", options: new() { SampleSize = 2_000 });
        var feature = Assert.Single(estimator.Fit(Table.View(_ml, rows)).Statistics);
        Assert.Equal(50_000, feature.FiniteCount);
        Assert.InRange(feature.Median, 22_000, 28_000);
        Assert.InRange(feature.Scale / 1.4826, 11_000, 14_000);

        // One estimator fitted again, as cross-validation does, starts afresh.
        Assert.Equal(feature, Assert.Single(estimator.Fit(Table.View(_ml, rows)).Statistics));
    }

    [Fact]
    public void What_was_found_goes_to_the_log()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        _ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, Table.Holes));
        Assert.Contains(lines, line => line.Contains("column \"Features\": 4 features, 11 values of 4 features not finite, 2 features constant or empty", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_without_rows_or_with_an_unfit_column_is_told_apart()
    {
        var guard = _ml.Transforms.InputGuard("Features");
        Assert.Equal(
            "InputGuard: the column \"Features\" must have at least one row to fit on; it has none. Check the file, the filters in front and the split.",
            Assert.Throws<InvalidOperationException>(() => guard.Fit(Table.View(_ml))).Message);
        Assert.StartsWith(
            "InputGuard: the data must have a column \"Featurs\"; it has Features, Number. Name an existing column.",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.InputGuard("Featurs").Fit(Table.View(_ml, [1]))).Message,
            StringComparison.Ordinal);
        var texts = _ml.Data.LoadFromEnumerable(new[] { new { Features = "a" } });
        Assert.StartsWith(
            "InputGuard: the column \"Features\" must be Single or a vector of Single of known size; it is String. Append Conversion.ConvertType",
            Assert.Throws<ArgumentException>(() => guard.Fit(texts)).Message,
            StringComparison.Ordinal);
        var unknown = _ml.Data.LoadFromEnumerable(new[] { new { Features = new float[2] } });
        Assert.Contains("known size", Assert.Throws<ArgumentException>(() => guard.Fit(unknown)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_where_they_are_set()
    {
        Assert.StartsWith(
            "InputGuardOptions: ClipDeviations must be finite and greater than 0; got 0. To leave outliers as they are, set it to null.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new InputGuardOptions { ClipDeviations = 0 }).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputGuardOptions { ClipDeviations = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputGuardOptions { OnNonFinite = (NonFiniteAction)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputGuardOptions { SampleSize = 99 });
        Assert.Throws<ArgumentException>(() => _ml.Transforms.InputGuard(" "));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.InputGuard("A", string.Empty));
        Assert.Equal(new InputGuardOptions(), new InputGuardOptions { ClipDeviations = 10, Standardise = true });
    }

    private static double Near(double value, double expected) => Math.Abs(value - expected) < 1e-12 ? expected : value;
}
