namespace MLNet.GradStability.Tests.Training;

/// <summary>The record of all steps: bounded, with lowest, mean and highest, and with the norm that each update used.</summary>
[Trait("Row", "R25")]
public class StepTraceTests
{
    private readonly StepTrace _trace = new();

    [Fact]
    public void Every_step_is_counted_in_bounded_memory()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _trace.Add(StepSpan.Of(i, i % 2, 1 + (i % 3), 0.1, skipped: i % 10 == 0));
            _trace.Complete(0.5);
        }

        var spans = _trace.Spans;
        Assert.InRange(spans.Count, 100, 257);
        Assert.Equal((100_000, 100_000, 10_000), (spans.Sum(span => span.Count), spans.Sum(span => span.Finite), spans.Sum(span => span.Skipped)));
        Assert.Equal(50_000, spans.Sum(span => span.Loss.Sum), 1e-6);
        Assert.Equal(spans.Select(span => span.First).Order(), spans.Select(span => span.First));
        Assert.Single(spans.SkipLast(1).Select(span => span.Count).Distinct());
        Assert.Equal((0L, 3.0, 1.0), (spans[0].First, spans.Max(span => span.GradientNorm.Highest), spans.Min(span => span.GradientNorm.Lowest)));
        Assert.All(spans, span => Assert.Equal((0.5, span.Count), (span.UsedNorm.Mean, span.UsedNorm.Count)));
    }

    [Fact]
    public void A_step_that_is_not_finite_enters_no_mean()
    {
        _trace.Add(StepSpan.Of(0, double.NaN, 1, 0.1));
        _trace.Add(StepSpan.Of(1, 2, double.PositiveInfinity, 0.1));
        _trace.Add(StepSpan.Of(2, 2, 1, 0.1));
        _trace.Complete(double.NaN);
        var all = _trace.Spans.Aggregate((sum, next) => sum.With(next));
        Assert.Equal((3, 1), (all.Count, all.Finite));
        Assert.Equal(new StepRange(1, 2, 2, 2), all.Loss);
        Assert.Equal(StepRange.None, all.UsedNorm);
    }

    [Fact]
    public void A_norm_is_told_once()
    {
        _trace.Add(StepSpan.Of(0, 1, 5, 0.1));
        _trace.Complete(1);
        _trace.Complete(9);
        Assert.Equal(new StepRange(1, 1, 1, 1), Assert.Single(_trace.Spans).UsedNorm);
    }
}
