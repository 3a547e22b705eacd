namespace MLNet.GradStability.Tests.Reporting;

/// <summary>The ROC curve, ties included.</summary>
public class RocCurveTests
{
    [Fact]
    public void Ties_count_half()
    {
        // Pairs of a yes and a no: 0.9 and 0.5 against 0.5, 0.1: of four, three are in order and one is tied: area 3.5/4.
        var roc = new RocCurve();
        roc.Add(0.9, true);
        roc.Add(0.5, true);
        roc.Add(0.5, false);
        roc.Add(0.1, false);
        roc.Add(double.NaN, true);
        var (points, area) = roc.Measure();
        Assert.Equal(0.875, area);
        Assert.Equal([(0, 0), (0, 0.5), (0.5, 1), (1, 1)], points);
    }

    [Fact]
    public void One_class_has_no_curve()
    {
        var roc = new RocCurve();
        roc.Add(1, true);
        Assert.Equal((0, double.NaN), (roc.Measure().Points.Count, roc.Measure().Area));
        Assert.True(roc.Chart().IsEmpty);
    }

    [Fact]
    public void Many_scores_make_a_short_curve_with_both_ends()
    {
        var roc = new RocCurve();
        for (var i = 0; i < 100_000; i++)
        {
            roc.Add(i, i % 3 == 0);
        }

        var points = roc.Measure().Points;
        Assert.InRange(points.Count, 150, 202);
        Assert.Equal(((0.0, 0.0), (1.0, 1.0)), (points[0], points[^1]));
    }
}
