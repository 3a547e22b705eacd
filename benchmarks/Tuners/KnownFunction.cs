namespace MLNet.GradStability.Benchmarks.Tuners;

/// <summary>A function of known minimum that stands for training and measuring: cheap, so that tuners can be compared over many seeds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">What is searched: the arguments themselves.</param>
/// <param name="Minimum">Its least value.</param>
/// <param name="Value">The function.</param>
internal sealed record KnownFunction(string Name, OptionSpace<Arguments> Space, double Minimum, Func<Arguments, double> Value)
{
    // Rows of the sums of Hartmann's functions (Dixon and Szegő 1978).
    private static readonly double[] HartmannWeights = [1, 1.2, 3, 3.2];
    private static readonly double[][] Hartmann3Scales = [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]];

    private static readonly double[][] Hartmann3Centres =
        [[0.3689, 0.1170, 0.2673], [0.4699, 0.4387, 0.7470], [0.1091, 0.8732, 0.5547], [0.0381, 0.5743, 0.8828]];

    private static readonly double[][] Hartmann6Scales =
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    private static readonly double[][] Hartmann6Centres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Three minima of 0.397887 in two dimensions (Branin 1972).</summary>
    public static KnownFunction Branin { get; } = new("Branin", Cube([(-5, 10), (0, 15)]), 0.397887, at =>
    {
        var (x, y) = (at.Numbers[0], at.Numbers[1]);
        var valley = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    });

    public static KnownFunction Hartmann3 { get; } = new("Hartmann3", Cube([.. Enumerable.Repeat((0.0, 1.0), 3)]), -3.86278, at => Hartmann(at, Hartmann3Scales, Hartmann3Centres));

    public static KnownFunction Hartmann6 { get; } = new("Hartmann6", Cube([.. Enumerable.Repeat((0.0, 1.0), 6)]), -3.32237, at => Hartmann(at, Hartmann6Scales, Hartmann6Centres));

    /// <summary>
    /// The shape of a search among options: a rate by its logarithm of which the best is 3e-3, a width that matters little, and four kinds, of which the best has a threshold
    /// of its own with the minimum 0 at 0.5.
    /// </summary>
    public static KnownFunction Conditional { get; } = new(
        "conditional",
        OptionSpace.Of(new Arguments([1e-3, 64, 0, 1]))
            .LogUniform("rate", 1e-5, 1, (at, rate) => at.With(0, rate))
            .Integer("width", 16, 256, (at, width) => at.With(1, width), logarithmic: true)
            .Choice("kind", (at, kind) => at.With(2, kind), 0, 1, 2, 3)
            .When("kind", 2, inner => inner.LogUniform("threshold", 0.01, 100, (at, threshold) => at.With(3, threshold))),
        0,
        at => Square(Math.Log10(at.Numbers[0] / 3e-3))
            + (0.1 * Square(Math.Log2(at.Numbers[1] / 128)))
            + (at.Numbers[2] == 2 ? Square(Math.Log10(at.Numbers[3] / 0.5)) : 0.5 + (0.25 * at.Numbers[2])));

    public static IReadOnlyList<KnownFunction> All { get; } = [Branin, Hartmann3, Hartmann6, Conditional];

    private static double Square(double number) => number * number;

    private static OptionSpace<Arguments> Cube(IReadOnlyList<(double Min, double Max)> bounds)
    {
        var space = OptionSpace.Of(new Arguments([.. bounds.Select(_ => 0.0)]));
        for (var i = 0; i < bounds.Count; i++)
        {
            var index = i;
            space = space.Uniform($"x{i}", bounds[i].Min, bounds[i].Max, (at, value) => at.With(index, value));
        }

        return space;
    }

    private static double Hartmann(Arguments at, double[][] scales, double[][] centres) =>
        -HartmannWeights.Select((weight, i) => weight * Math.Exp(-at.Numbers.Select((x, j) => scales[i][j] * Square(x - centres[i][j])).Sum())).Sum();
}

/// <summary>The arguments of a <see cref="KnownFunction"/>.</summary>
internal sealed record Arguments(IReadOnlyList<double> Numbers)
{
    public Arguments With(int index, double value) => new([.. Numbers.Select((number, i) => i == index ? value : number)]);
}
