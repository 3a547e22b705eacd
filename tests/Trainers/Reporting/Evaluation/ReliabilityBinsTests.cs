namespace MLNet.GradStability.Tests.Reporting;

/// <summary>The calibration curve and its error, against a table worked by hand.</summary>
public class ReliabilityBinsTests
{
    [Fact]
    public void The_error_is_that_of_a_table_worked_by_hand()
    {
        // Bins of a fifteenth: 0.95, 0.99 in the last (one right), 0.55 and 0.56 in (8/15, 9/15] (both right), 0.2 = 3/15 at the upper end of its bin (wrong).
        var bins = new ReliabilityBins();
        bins.Add(0.95, true);
        bins.Add(0.99, false);
        bins.Add(0.55, true);
        bins.Add(0.56, true);
        bins.Add(0.2, false);
        bins.Add(double.NaN, true);

        Assert.Equal([(0.2, 0.0, 1L), (0.555, 1.0, 2L), (0.97, 0.5, 2L)], bins.Bins.Select(bin => (Math.Round(bin.Confidence, 12), bin.Share, bin.Count)));
        Assert.Equal(((1 * 0.2) + (2 * 0.445) + (2 * 0.47)) / 5, bins.Error, 1e-12);
    }

    [Fact]
    public void Every_confidence_has_a_bin()
    {
        var bins = new ReliabilityBins();
        foreach (var confidence in new[] { 0, double.Epsilon, 1.0 / 15, 1 - 1e-16, 1 })
        {
            bins.Add(confidence, true);
        }

        Assert.Equal([3L, 2L], bins.Bins.Select(bin => bin.Count));
        Assert.Equal(double.NaN, new ReliabilityBins().Error);
    }
}
