using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class RegularizerTests
{
    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    [Trait("Row", "R6")]
    public void Value_and_gradient_are_those_of_PyTorch(int index)
    {
        var expected = Reference[index];
        var penalty = Descriptions.FromJson<Regularizer>(expected.GetProperty("description").GetRawText());
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-13), (ScalarType.Float32, 1e-6) })
        {
            using var weights = TestWeights.Of(expected, type);

            var value = weights.Penalty(penalty);

            Support.AssertClose([expected.GetProperty("penalty").GetDouble()], [value], tolerance);
            Support.AssertClose(expected.GetProperty("gradients").Numbers(), [.. weights.Gradients.SelectMany(gradient => gradient)], tolerance);
        }
    }

    [Fact]
    [Trait("Row", "R6")]
    public void L1_and_L2_work_at_once()
    {
        using var weights = TestWeights.Of(tensor(new[,] { { 2f, -3f }, { 0f, 1f } }));

        var value = weights.Penalty(Regularizer.L1(0.5).And(Regularizer.L2(0.25)));

        Assert.Equal((0.5 * 6) + (0.25 * 14), value, 1e-6);
        Support.AssertClose([0.5 + 1, -0.5 - 1.5, 0, 0.5 + 0.5], weights.Gradients[0], 1e-6);
        Assert.Equal(value, weights.Penalty(Regularizer.ElasticNet(0.5, 0.25)), 1e-6);
    }

    [Fact]
    [Trait("Row", "R6")]
    public void The_gradient_of_L1_at_zero_is_zero()
    {
        using var weights = TestWeights.Of(zeros(1, 1));

        Assert.Equal(0, weights.Penalty(Regularizer.L1(7)));
        Assert.Equal(0, weights.Gradients[0][0]);
    }

    [Fact]
    public void A_penalty_adds_to_the_gradient_that_is_there()
    {
        using var weights = TestWeights.Of(ones(1, 2));
        weights.Flat.Gradients.fill_(10);

        TestWeights.Penalty(Regularizer.L2(0.5).Bind(weights.Flat.Weights));

        Assert.Equal([11, 11], weights.Gradients[0]);
    }

    [Fact]
    public void Biases_are_left_out()
    {
        using var weights = TestWeights.Of(zeros(2, 2));

        Assert.Equal(0, weights.Penalty(Regularizer.L1(1).And(Regularizer.L2(1))));
        Assert.All(weights.Flat.All.Segments.Where(segment => !segment.IsWeight), bias => Assert.Equal([0, 0], bias.Gradient.ToArray()));
    }

    [Fact]
    [Trait("Row", "R13")]
    public void Where_narrows_a_penalty_to_layers()
    {
        using var weights = TestWeights.Of(ones(1, 1), ones(1, 1), ones(1, 1));

        var value = weights.Penalty(Regularizer.L1(1).Where("layer1").And(Regularizer.L2(2).Where("layer2.weight")));

        Assert.Equal(3, value);
        Assert.Equal([0, 1, 4], weights.Gradients.Select(gradient => gradient[0]));
    }

    [Fact]
    public void A_pattern_that_fits_nothing_names_what_there_is()
    {
        using var weights = TestWeights.Of(ones(1, 1));

        var error = Assert.Throws<ArgumentException>(() => Regularizer.L1(1).Where("conv*").Bind(weights.Flat.Weights));

        Assert.Equal("Regularizer.Where: pattern must fit at least one parameter; \"conv*\" fits none of layer0.weight. Use one of these names or a pattern such as \"hidden*\".", error.Message);
    }

    [Fact]
    public void Sums_are_flat_and_equal_by_value()
    {
        var sum = Regularizer.L1(1).And(Regularizer.L2(2)).And(Regularizer.Orthogonality(3));

        Assert.Equal(Regularizer.L1(1).And(Regularizer.L2(2).And(Regularizer.Orthogonality(3))), sum);
        Assert.Equal(sum, Descriptions.FromJson<Regularizer>(Descriptions.ToJson(sum)));
    }

    [Fact]
    public void A_weight_that_is_not_a_number_shows_in_the_value()
    {
        using var weights = TestWeights.Of(tensor(new[,] { { float.NaN, 1f } }));

        foreach (var penalty in new[] { Regularizer.L1(1), Regularizer.L2(1), Regularizer.Orthogonality(1) })
        {
            Assert.True(double.IsNaN(weights.Penalty(penalty)));
        }
    }

    [Fact]
    public void A_weight_without_its_penalty_in_the_fit_is_no_error()
    {
        using var layer = nn.Linear(2, 1);
        layer.weight!.requires_grad_(false);
        using var flat = new FlatParameters(layer);

        Assert.Equal(0, TestWeights.Penalty(Regularizer.L2(1).Bind(flat.Weights)));
        Assert.Equal(0, TestWeights.Penalty(Regularizer.Orthogonality(1).Bind(flat.Weights)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Strengths_out_of_range_are_refused_where_they_are_set(double lambda)
    {
        var got = FormattableString.Invariant($"{lambda}");

        var l1 = Assert.Throws<ArgumentOutOfRangeException>(() => Regularizer.L1(lambda));
        var l2 = Assert.Throws<ArgumentOutOfRangeException>(() => Regularizer.L2(lambda));
        var orthogonality = Assert.Throws<ArgumentOutOfRangeException>(() => Regularizer.Orthogonality(lambda));

        Assert.StartsWith($"Regularizer.L1: lambda must be finite and greater than 0; got {got}. To train without a penalty, leave it out.", l1.Message);
        Assert.StartsWith($"Regularizer.L2: lambda must be finite and greater than 0; got {got}.", l2.Message);
        Assert.StartsWith($"Regularizer.Orthogonality: lambda must be finite and greater than 0; got {got}.", orthogonality.Message);
    }

    [Fact]
    public void An_elastic_net_needs_one_strength_above_zero()
    {
        var both = Assert.Throws<ArgumentOutOfRangeException>(() => Regularizer.ElasticNet(0, 0));
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => Regularizer.ElasticNet(-1, 1));

        Assert.StartsWith("Regularizer.ElasticNet: l2 must be above 0 when l1 is 0; got 0.", both.Message);
        Assert.StartsWith("Regularizer.ElasticNet: l1 must be finite and 0 or greater; got -1.", negative.Message);
    }

    [Fact]
    public void Composition_refuses_what_is_missing()
    {
        Assert.StartsWith("Regularizer.And: other must be given; got null.", Assert.Throws<ArgumentNullException>(() => Regularizer.L1(1).And(null!)).Message);
        Assert.StartsWith("Regularizer.Where: pattern must not be empty; got \" \".", Assert.Throws<ArgumentException>(() => Regularizer.L1(1).Where(" ")).Message);
    }

    private static IReadOnlyList<JsonElement> Reference { get; } =
        [.. Support.Reference("regularizers/regularizers.json").RootElement.GetProperty("penalties").EnumerateArray()];
}
