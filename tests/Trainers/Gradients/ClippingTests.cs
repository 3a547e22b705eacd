using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The rules of the clipping transforms by hand-checked numbers.</summary>
public class ClippingTests
{
    [Fact]
    [Trait("Row", "R1")]
    public void Clipping_by_value_has_two_bounds()
    {
        using var gradients = TestGradients.Line(5);
        gradients.Set(-7, -0.5, 0, 0.9, 3);

        Assert.Equal([-2, -0.5, 0, 0.75, 0.75], gradients.Apply(GradientTransform.ClipByValue(-2, 0.75))[0]);
    }

    [Fact]
    [Trait("Row", "R1")]
    public void An_interval_may_lie_on_one_side_of_zero()
    {
        using var gradients = TestGradients.Line(4);
        gradients.Set(-7, 0, 1.5, 3);

        Assert.Equal([1, 1, 1.5, 2], gradients.Apply(GradientTransform.ClipByValue(1, 2))[0]);
    }

    [Fact]
    [Trait("Row", "R2")]
    public void Clipping_by_norm_treats_each_tensor_on_its_own()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Set("hidden.bias", 3, 0, 4);
        gradients.Set("output.bias", 0.3, 0.4);

        gradients.Apply(GradientTransform.ClipByNorm(1));

        Support.AssertClose([0.6, 0, 0.8], gradients.Read("hidden.bias"), 1e-6);
        Support.AssertClose([0.3, 0.4], gradients.Read("output.bias"), 1e-6);
    }

    [Theory]
    [Trait("Row", "R2")]
    [InlineData(NormOrder.L1, 7.0 + 5)]
    [InlineData(NormOrder.L2, 7.0710678)]
    [InlineData(NormOrder.LInfinity, 5.0)]
    public void Clipping_by_global_norm_keeps_the_direction(NormOrder order, double norm)
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Set("hidden.bias", 3, 0, 4);
        gradients.Set("output.bias", 0, -5);

        gradients.Apply(GradientTransform.ClipByGlobalNorm(0.5, order));

        Support.AssertClose([3 * 0.5 / norm, 0, 4 * 0.5 / norm], gradients.Read("hidden.bias"), 1e-6);
        Support.AssertClose([0, -5 * 0.5 / norm], gradients.Read("output.bias"), 1e-6);
    }

    [Fact]
    [Trait("Row", "R2")]
    public void Gradients_below_the_threshold_are_left_as_they_are_bit_for_bit()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Draw(seed: 4, scale: 0.01);
        var before = gradients.Read();

        foreach (var order in Enum.GetValues<NormOrder>())
        {
            Assert.Equal(before, gradients.Apply(GradientTransform.ClipByGlobalNorm(1, order)));
        }

        Assert.Equal(before, gradients.Apply(GradientTransform.ClipByNorm(1)));
    }

    [Fact]
    public void Clipping_by_global_norm_uses_the_norm_that_the_loop_measured()
    {
        using var gradients = TestGradients.Line(2);
        using var random = new Generator(1);
        gradients.Set(3, 4);
        using var bound = GradientTransform.ClipByGlobalNorm(1).Bind(gradients.Parameters);

        // A norm that is not the true one shows that it is not measured again.
        bound.Apply(new GradientStep(gradients.Parameters, 0, globalNorm: 10, random));

        Support.AssertClose([0.3, 0.4], gradients.Read("line.weight"), 1e-6);
    }

    [Fact]
    public void Adaptive_clipping_leaves_the_output_layer_out_unless_asked()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Draw(seed: 1, scale: 100);
        var (hidden, output) = (gradients.Read("hidden.weight"), gradients.Read("output.weight"));

        gradients.Apply(GradientTransform.Adaptive());

        Assert.NotEqual(hidden, gradients.Read("hidden.weight"));
        Assert.Equal(output, gradients.Read("output.weight"));

        gradients.Apply(GradientTransform.Adaptive(clipOutput: true));

        Assert.NotEqual(output, gradients.Read("output.weight"));
    }

    [Fact]
    public void Adaptive_clipping_lets_weights_of_zero_move()
    {
        using var gradients = TestGradients.Line(2);
        gradients.Set(3, 4);

        Support.AssertClose([0.6e-5, 0.8e-5], gradients.Apply(GradientTransform.Adaptive())[0], 1e-10);
    }

    [Fact]
    public void Adaptive_clipping_of_nothing_but_the_output_layer_is_an_error()
    {
        using var gradients = TestGradients.TwoLayers();

        var error = Assert.Throws<ArgumentException>(() => GradientTransform.Adaptive().Where("output").Bind(gradients.Parameters));

        Assert.Equal("GradientTransform.Adaptive: clipOutput must be true where the layer \"output\" is the only one; got false. Pass clipOutput: true.", error.Message);
    }

    [Fact]
    public void AutoClip_forgets_the_oldest_norm()
    {
        using var gradients = TestGradients.Line(1);
        using var bound = (AutoClipping.Bound)GradientTransform.AutoClip(percentile: 0, history: 3).Bind(gradients.Parameters);
        foreach (var norm in new[] { 1.0, 5, 4, 6 })
        {
            gradients.Set(norm);
            bound.Apply(gradients.Next());
        }

        Assert.Equal([5, 4, 6], bound.History.Norms);
        Assert.Equal(4, gradients.Norm(), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Zero_gradients_do_not_freeze_a_network(string name)
    {
        using var gradients = TestGradients.Line(3);
        using var bound = WithStatistics[name].Bind(gradients.Parameters);
        for (var i = 0; i < 120; i++)
        {
            gradients.Set(0, 0, 0);
            bound.Apply(gradients.Next());
            Assert.Equal([0, 0, 0], gradients.Read("line.weight"));
        }

        gradients.Set(0, 0.3, 0.4);
        bound.Apply(gradients.Next());

        Support.AssertClose([0, 0.3, 0.4], gradients.Read("line.weight"), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void A_number_that_is_not_finite_leaves_no_trace_in_the_statistics(string name)
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            using var gradients = TestGradients.Line(3);
            using var bound = WithStatistics[name].Bind(gradients.Parameters);
            for (var i = 0; i < 130; i++)
            {
                gradients.Set(0.3, i % 20 == 7 ? bad : 0.1, 0.4);
                bound.Apply(gradients.Next());
            }

            // A spike after the bad steps is still seen as one, and an ordinary gradient still passes.
            gradients.Set(0.3, 0.1, 0.4);
            bound.Apply(gradients.Next());
            Support.AssertClose([0.3, 0.1, 0.4], gradients.Read("line.weight"), 1e-3);
            gradients.Set(3e6, 1e6, 4e6);
            bound.Apply(gradients.Next());
            Assert.InRange(gradients.Norm(), 0.1, 1000);
        }
    }

    public static TheoryData<string> Statistics => [.. WithStatistics.Keys];

    private static readonly Dictionary<string, GradientTransform> WithStatistics = new()
    {
        ["auto-clip"] = GradientTransform.AutoClip(),
        ["z-clip"] = GradientTransform.ZClip(),
        ["ada-gc"] = GradientTransform.AdaGc(),
        ["spam-clip"] = GradientTransform.SpamClip(),
    };
}
