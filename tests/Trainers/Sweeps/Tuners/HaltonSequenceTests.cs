namespace MLNet.GradStability.Tests.Sweeps;

public sealed class HaltonSequenceTests
{
    [Theory]
    [InlineData(0, 2, 64)]
    [InlineData(1, 3, 81)]
    [InlineData(2, 5, 125)]
    [InlineData(5, 13, 169)]
    public void Each_interval_of_a_power_of_the_base_has_one_of_the_first_points(int dimension, int radix, int points)
    {
        Assert.Equal(0, points % radix);
        var sequence = new HaltonSequence(dimension + 1, seed: 7);
        var cells = Enumerable.Range(0, points).Select(_ => (int)(sequence.Next()[dimension] * points)).ToArray();

        Assert.Equal(Enumerable.Range(0, points), cells.Order());
    }

    [Fact]
    public void Points_fill_the_square_more_evenly_than_independent_ones()
    {
        const int Points = 128;
        var sequence = new HaltonSequence(2, 3);
        var random = new Random(3);
        var even = Discrepancy([.. Enumerable.Range(0, Points).Select(_ => sequence.Next())]);
        var independent = Discrepancy([.. Enumerable.Range(0, Points).Select(_ => new[] { random.NextDouble(), random.NextDouble() })]);

        Assert.True(even < 0.6 * independent, FormattableString.Invariant($"{even} against {independent}"));
    }

    [Fact]
    public void A_seed_is_a_sequence_of_its_own() => Assert.NotEqual(new HaltonSequence(1, 1).Next(), new HaltonSequence(1, 2).Next());

    /// <summary>Warnock's formula for the L2 star discrepancy.</summary>
    private static double Discrepancy(double[][] points)
    {
        var n = points.Length;
        var single = points.Sum(point => point.Aggregate(1.0, (product, x) => product * (1 - (x * x)) / 2));
        var pairs = points.Sum(a => points.Sum(b => a.Zip(b).Aggregate(1.0, (product, pair) => product * (1 - Math.Max(pair.First, pair.Second)))));
        return Math.Sqrt((1.0 / 9) - (2.0 / n * single) + (pairs / n / n));
    }
}
