using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Then, Where, Measure, Centralise and Noise: how transforms compose and what they see.</summary>
public class CompositionTests
{
    [Fact]
    public void Then_applies_in_order()
    {
        using var gradients = TestGradients.Line(2);
        gradients.Set(3, 4);

        var clipped = gradients.Apply(GradientTransform.ClipByValue(-3, 3).Then(GradientTransform.ClipByGlobalNorm(1)));

        Support.AssertClose([Math.Sqrt(0.5), Math.Sqrt(0.5)], clipped[0], 1e-6);
        gradients.Set(3, 4);
        var other = gradients.Apply(GradientTransform.ClipByGlobalNorm(1).Then(GradientTransform.ClipByValue(-0.7, 0.7)));
        Support.AssertClose([0.6, 0.7], other[0], 1e-6);
    }

    [Fact]
    [Trait("Row", "R13")]
    public void Where_narrows_to_layers_and_takes_their_norm_alone()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Set("hidden.weight", [.. Enumerable.Repeat(100.0, 12)]);
        gradients.Set("output.bias", 3, 4);
        var transform = GradientTransform.ClipByGlobalNorm(1).Where("output").Then(GradientTransform.ClipByValue(-50, 50).Where("hid*.weight"));

        gradients.Apply(transform);

        Support.AssertClose([0.6, 0.8], gradients.Read("output.bias"), 1e-6);
        Assert.All(gradients.Read("hidden.weight"), number => Assert.Equal(50, number));
    }

    [Fact]
    public void A_pattern_that_fits_nothing_is_an_error_and_names_what_there_is()
    {
        using var gradients = TestGradients.TwoLayers();

        var error = Assert.Throws<ArgumentException>(() => GradientTransform.AdaGc().Then(GradientTransform.Centralise().Where("conv*")).Bind(gradients.Parameters));

        Assert.StartsWith("GradientTransform.Where: pattern must fit at least one parameter; \"conv*\" fits none of hidden.weight, output.weight, hidden.bias, output.bias.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_reports_and_changes_nothing()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Set("hidden.bias", 3, 0, 4);
        gradients.Set("output.bias", 0, -12);
        var (before, after) = (new Measurements(), new Measurements());
        using var bound = GradientTransform.Measure(before).Then(GradientTransform.ClipByGlobalNorm(1)).Then(GradientTransform.Measure(after, every: 2)).Bind(gradients.Parameters);

        bound.Apply(gradients.Next());
        bound.Apply(gradients.Next());

        Assert.Equal([0L, 1], before.Select(measurement => measurement.Step));
        Assert.Equal(13, before[0].Norm, 1e-5);
        Assert.Equal(
            [new("hidden.weight", 0), new("output.weight", 0), new("hidden.bias", 5), new("output.bias", 12)],
            before[0].Parameters);
        Assert.Equal(1, Assert.Single(after).Norm, 1e-5);
        Support.AssertClose([3 / 13.0, 0, 4 / 13.0], gradients.Read("hidden.bias"), 1e-6);
    }

    [Fact]
    public void Measure_read_from_JSON_has_no_receiver_and_does_nothing()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Draw(seed: 1);
        var before = gradients.Read();

        var copy = Descriptions.FromJson<GradientTransform>(Descriptions.ToJson(GradientTransform.Measure(new Measurements(), every: 3)));

        Assert.Equal("{\"kind\":\"measure\",\"every\":3}", Descriptions.ToJson(copy));
        Assert.Equal(before, gradients.Apply(copy));
    }

    [Fact]
    public void Centralised_gradients_of_each_unit_have_mean_0_and_vectors_are_left_alone()
    {
        using var gradients = TestGradients.TwoLayers();
        gradients.Draw(seed: 2);
        var bias = gradients.Read("hidden.bias");

        gradients.Apply(GradientTransform.Centralise());

        Assert.All(gradients.Read("hidden.weight").Chunk(4), row => Assert.Equal(0, row.Sum(), 1e-6));
        Assert.Equal(bias, gradients.Read("hidden.bias"));
    }

    [Fact]
    public void Noise_comes_from_the_generator_of_the_step_alone()
    {
        using var gradients = TestGradients.Line(20);
        using var same = new Generator(5);
        using var random = new Generator(5);
        using var expected = zeros(1, 20).normal_(0, Math.Sqrt(0.3), same);
        using var bound = GradientTransform.Noise(0.3).Bind(gradients.Parameters);

        bound.Apply(new GradientStep(gradients.Parameters, 0, random));

        Assert.Equal(expected.ToArray(), gradients.Read("line.weight"));
    }
}
