using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class WeightRegularizerTests
{
    [Fact]
    public void A_penalty_of_ones_own_needs_its_formula_alone()
    {
        using var weights = TestWeights.Of(tensor(new[,] { { 1f, -2f } }), tensor(new[,] { { 3f } }));

        var value = weights.Penalty(new LogPenalty(0.5));

        Assert.Equal(0.5 * (Math.Log(2) + Math.Log(5) + Math.Log(10)), value, 1e-6);
        Support.AssertClose([0.5, 0.5 * -4 / 5], weights.Gradients[0], 1e-6);
        Support.AssertClose([0.5 * 6 / 10], weights.Gradients[1], 1e-6);
    }

    [Fact]
    public void It_composes_like_any_other()
    {
        using var weights = TestWeights.Of(ones(1, 1), ones(1, 1));

        var value = weights.Penalty(new LogPenalty(1).Where("layer0").And(Regularizer.L2(1)));

        Assert.Equal(Math.Log(2) + 2, value, 1e-6);
        Assert.Equal([3, 2], weights.Gradients.Select(gradient => gradient[0]));
    }

    [Fact]
    public void It_is_read_from_JSON_once_registered()
    {
        Descriptions.Register<LogPenalty>();
        Regularizer penalty = new LogPenalty(0.5).Where("layer0");

        Assert.Equal(penalty, Descriptions.FromJson<Regularizer>(Descriptions.ToJson(penalty)));
    }

    [Fact]
    public void A_constant_penalty_has_no_gradient()
    {
        using var weights = TestWeights.Of(ones(1, 2));

        Assert.Equal(3, weights.Penalty(new ConstantPenalty()));
        Assert.Equal([0, 0], weights.Gradients[0]);
    }

    [Fact]
    public void More_than_one_number_is_refused()
    {
        using var weights = TestWeights.Of(ones(2, 3));

        var error = Assert.Throws<InvalidOperationException>(() => weights.Penalty(new UnsummedPenalty()));

        Assert.Equal("UnsummedPenalty: Penalty must return one number; got [2, 3] for layer0.weight. End it with .sum() or .mean().", error.Message);
    }

    /// <summary>λ·Σ log(1 + w²), the negative log-density of a Cauchy prior.</summary>
    [DescriptionKind("test-log-penalty")]
    private sealed record LogPenalty(double Lambda) : WeightRegularizer
    {
        protected override Tensor Penalty(Tensor weight) => Lambda * (1 + weight.square()).log().sum();
    }

    private sealed record ConstantPenalty : WeightRegularizer
    {
        protected override Tensor Penalty(Tensor weight) => tensor(3f);
    }

    private sealed record UnsummedPenalty : WeightRegularizer
    {
        protected override Tensor Penalty(Tensor weight) => weight.abs();
    }
}
