using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The two worked examples of the source texts, through the public API as samples/TextbookExamples uses it.</summary>
public class TextbookTests
{
    private const double Minimum = 200 / 400.01;

    [Fact]
    [Trait("Row", "R26")]
    public void The_gradient_40_of_x_squared_at_20_is_clipped_to_10_and_the_step_goes_down()
    {
        using var input = ones(1, 1);
        using var x = nn.Linear(1, 1, hasBias: false);
        using var parameters = ParameterSet.Of(x);
        parameters.Segments[0].Value.fill_(20);
        using var clip = GradientTransform.ClipByGlobalNorm(10).Bind(parameters);
        using var optimizer = optim.SGD(x.parameters(), 0.1);
        using var random = new Generator(1);
        using var loss = x.call(input).square().sum();

        loss.backward();
        var step = new GradientStep(parameters, 0, random);
        Assert.Equal(40, step.GlobalNorm(parameters), 1e-4);
        clip.Apply(step);
        var clipped = parameters.Gradients[0].ToArray()[0];
        optimizer.step();

        Assert.Equal(10, clipped, 1e-5);
        Assert.Equal(19, parameters.Values[0].ToArray()[0], 1e-5);
    }

    [Theory]
    [Trait("Row", "R26")]
    [MemberData(nameof(Clips))]
    public void Every_clip_at_10_gives_10(string name)
    {
        using var gradients = TestGradients.Line(1);
        gradients.Set(40);

        Assert.Equal(10, gradients.Apply(ClipsAtTen[name])[0][0], 1e-5);
    }

    [Fact]
    [Trait("Row", "R27")]
    public void Without_mitigation_each_step_multiplies_the_error_by_minus_79()
    {
        var weights = Train(clip: null, rate: 0.1, steps: 1000);

        for (var i = 1; i < 15; i++)
        {
            Assert.Equal(-79.002, (weights[i] - Minimum) / (weights[i - 1] - Minimum), 1e-2);
        }

        Assert.False(double.IsFinite(weights[^1]));
        Assert.InRange(weights.FindIndex(weight => !double.IsFinite(weight)), 18, 25);
    }

    [Theory]
    [Trait("Row", "R27")]
    [MemberData(nameof(Clips))]
    public void With_clipping_and_a_decaying_rate_it_reaches_the_minimum(string name)
    {
        var weights = Train(ClipsAtTen[name], Schedule.Exponential(0.1, 0.99), steps: 1000);

        Assert.All(weights, weight => Assert.InRange(weight, -1, 2));
        Assert.Equal(0.499988, weights[^1], 1e-6);
        Assert.Equal(Minimum, weights[^1], 1e-6);
    }

    [Fact]
    [Trait("Row", "R27")]
    public void Clipping_alone_keeps_it_finite_but_does_not_settle()
    {
        var weights = Train(GradientTransform.ClipByGlobalNorm(10), rate: 0.1, steps: 1000);

        Assert.All(weights, weight => Assert.InRange(weight, -1, 2));
        Assert.True(Math.Abs(weights[^1] - weights[^2]) > 0.5);
    }

    public static TheoryData<string> Clips => [.. ClipsAtTen.Keys];

    private static readonly Dictionary<string, GradientTransform> ClipsAtTen = new()
    {
        ["value"] = GradientTransform.ClipByValue(-10, 10),
        ["norm"] = GradientTransform.ClipByNorm(10),
        ["global L1"] = GradientTransform.ClipByGlobalNorm(10, NormOrder.L1),
        ["global L2"] = GradientTransform.ClipByGlobalNorm(10),
        ["global L∞"] = GradientTransform.ClipByGlobalNorm(10, NormOrder.LInfinity),
    };

    /// <summary>y = w·x with x = 20, y = 10 and penalty 0.01·w², from w = 0: the weight before the first step and after each.</summary>
    private static List<double> Train(GradientTransform? clip, Schedule rate, int steps)
    {
        using var model = nn.Linear(1, 1, hasBias: false);
        using var parameters = ParameterSet.Of(model);
        parameters.Segments[0].Value.zero_();
        using var bound = clip?.Bind(parameters);
        var penalty = Regularizer.L2(0.01).Bind(parameters);
        using var optimizer = optim.SGD(model.parameters(), rate.RateAt(0, steps));
        using var random = new Generator(1);
        using var x = full([1, 1], 20f);
        var weights = new List<double> { 0 };
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            parameters.ZeroGradients();
            (model.call(x) - 10).square().sum().backward();
            penalty.AddGradient();
            bound?.Apply(new GradientStep(parameters, i, random));
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = rate.RateAt(i, steps);
            }

            optimizer.step();
            weights.Add(parameters.Values[0].ToArray()[0]);
        }

        return weights;
    }
}
