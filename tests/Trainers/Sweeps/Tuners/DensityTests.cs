namespace MLNet.GradStability.Tests.Sweeps;

public sealed class DensityTests
{
    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 0.0, 1.0 })]
    [InlineData(new[] { 0.31, 0.32, 0.33, 0.9 })]
    public void A_mixture_of_kernels_has_a_mass_of_1_and_draws_as_it_says(double[] values)
    {
        const int Cells = 20, Draws = 20_000, Fine = 50;
        var density = new ParzenDensity(values);
        var masses = Enumerable.Range(0, Cells).Select(cell => Enumerable.Range(0, Fine).Average(i => Math.Exp(density.Log((cell + ((i + 0.5) / Fine)) / Cells))) / Cells).ToArray();
        var random = new Random(1);
        var drawn = new int[Cells];
        for (var i = 0; i < Draws; i++)
        {
            drawn[(int)(density.Draw(random) * Cells)]++;
        }

        Assert.Equal(1, masses.Sum(), 3);
        for (var cell = 0; cell < Cells; cell++)
        {
            // Five standard deviations of a binomial count.
            Assert.InRange(drawn[cell] - (Draws * masses[cell]), -5 * Math.Sqrt(Draws * masses[cell]), 5 * Math.Sqrt(Draws * masses[cell]));
        }
    }

    [Fact]
    public void Kernels_are_as_wide_as_the_farther_gap()
    {
        // At 0.2 the gaps are 0.2 to the bound and 0.5 to the neighbour; the prior kernel has the width 1 in the middle.
        var density = new ParzenDensity([0.2, 0.7]);
        double Kernel(double at, double mean, double width, double mass) => Math.Exp(-(at - mean) * (at - mean) / (2 * width * width)) / (Math.Sqrt(2 * Math.PI) * width * mass);

        // Φ(0.5) − Φ(−0.5), Φ(1.6) − Φ(−0.4) and Φ(0.6) − Φ(−1.4).
        var expected = (Kernel(0.4, 0.5, 1, 0.3829249) + Kernel(0.4, 0.2, 0.5, 0.6006224) + Kernel(0.4, 0.7, 0.5, 0.6449902)) / 3;
        Assert.Equal(expected, Math.Exp(density.Log(0.4)), 5);
    }

    [Fact]
    public void A_choice_is_counted_once_more_than_it_was_there()
    {
        var density = new ChoiceDensity(3, [0, 0, 2]);

        Assert.Equal(Math.Log(3 / 6.0), density.Log(0), 12);
        Assert.Equal(Math.Log(1 / 6.0), density.Log(1), 12);
        Assert.Equal(Math.Log(2 / 6.0), density.Log(2), 12);
        var random = new Random(1);
        Assert.InRange(Enumerable.Range(0, 6000).Count(_ => density.Draw(random) == 0), 2800, 3200);
    }
}
