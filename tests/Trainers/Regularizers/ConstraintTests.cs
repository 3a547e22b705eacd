using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class ConstraintTests
{
    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    public void Weights_become_those_of_PyTorch(int index)
    {
        var expected = Reference[index];
        var constraint = Descriptions.FromJson<Constraint>(expected.GetProperty("description").GetRawText());
        foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            using var weights = TestWeights.Of(expected, type);

            weights.Apply(constraint);

            Support.AssertClose(expected.GetProperty("expected").Numbers(), [.. weights.Values.SelectMany(values => values)], 1e-6);
        }
    }

    [Fact]
    public void Applying_twice_changes_nothing_more()
    {
        foreach (var constraint in new[] { Constraint.MaxNorm(0.7), Constraint.UnitNorm(), Constraint.NonNegative() })
        {
            using var weights = TestWeights.Of(tensor(new[,] { { 3f, -4f }, { 0.1f, 0.2f }, { 0f, 0f } }));
            var once = weights.Apply(constraint).Values[0];

            Support.AssertClose(once, weights.Apply(constraint).Values[0], 1e-7);
        }
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    public void Norms_neither_overflow_nor_underflow(float scale)
    {
        using var unit = TestWeights.Of(tensor(new[,] { { 3 * scale, -4 * scale } }));
        Support.AssertClose([0.6, -0.8], unit.Apply(Constraint.UnitNorm()).Values[0], 1e-6);

        using var most = TestWeights.Of(tensor(new[,] { { 3 * scale, -4 * scale } }));
        double[] expected = scale > 1 ? [1.2, -1.6] : [3 * scale, -4 * scale];
        Support.AssertClose(expected, most.Apply(Constraint.MaxNorm(2)).Values[0], 1e-6);
    }

    [Fact]
    public void A_row_of_zeros_stays()
    {
        using var weights = TestWeights.Of(zeros(2, 3));

        Assert.Equal(new double[6], weights.Apply(Constraint.UnitNorm()).Values[0]);
        Assert.Equal(new double[6], weights.Apply(Constraint.MaxNorm(1)).Values[0]);
    }

    [Fact]
    public void A_weight_that_is_not_a_number_stays_so()
    {
        foreach (var constraint in new[] { Constraint.MaxNorm(1), Constraint.UnitNorm(), Constraint.NonNegative() })
        {
            using var weights = TestWeights.Of(tensor(new[,] { { float.NaN, 1f }, { 3f, 4f } }));

            Assert.True(double.IsNaN(weights.Apply(constraint).Values[0][0]));
            Assert.All(weights.Values[0][2..], value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Biases_are_left_alone()
    {
        using var weights = TestWeights.Of(tensor(new[,] { { 3f }, { -4f } }));

        weights.Apply(Constraint.MaxNorm(0.5).Then(Constraint.NonNegative()));

        Assert.Equal([0.5, 0], weights.Values[0]);
        Assert.Equal([1, 1], weights.Flat.All.Segments.Single(segment => !segment.IsWeight).Value.ToArray());
    }

    [Fact]
    [Trait("Row", "R13")]
    public void Where_narrows_a_constraint_to_layers()
    {
        using var weights = TestWeights.Of(full(1, 1, -3f), full(1, 1, -3f));

        weights.Apply(Constraint.NonNegative().Where("layer1").Then(Constraint.MaxNorm(2).Where("layer0")));

        Assert.Equal([-2, 0], weights.Values.Select(values => values[0]));
    }

    [Fact]
    public void Chains_are_flat_and_equal_by_value()
    {
        var chain = Constraint.MaxNorm(1).Then(Constraint.NonNegative()).Then(Constraint.UnitNorm());

        Assert.Equal(Constraint.MaxNorm(1).Then(Constraint.NonNegative().Then(Constraint.UnitNorm())), chain);
        Assert.Equal(chain, Descriptions.FromJson<Constraint>(Descriptions.ToJson(chain)));
    }

    [Fact]
    public void Values_out_of_range_are_refused_where_they_are_set()
    {
        var norm = Assert.Throws<ArgumentOutOfRangeException>(() => Constraint.MaxNorm(0));
        var next = Assert.Throws<ArgumentNullException>(() => Constraint.UnitNorm().Then(null!));
        var pattern = Assert.Throws<ArgumentException>(() => Constraint.UnitNorm().Where(string.Empty));

        Assert.StartsWith("Constraint.MaxNorm: maxNorm must be finite and greater than 0; got 0. Usual values are 2 to 4; to train without it, leave it out.", norm.Message);
        Assert.StartsWith("Constraint.Then: next must be given; got null.", next.Message);
        Assert.StartsWith("Constraint.Where: pattern must not be empty; got \"\".", pattern.Message);
    }

    [Fact]
    public void A_pattern_that_fits_nothing_names_what_there_is()
    {
        using var weights = TestWeights.Of(ones(1, 1));

        var error = Assert.Throws<ArgumentException>(() => Constraint.UnitNorm().Where("layer0.bias").Bind(weights.Flat.Weights));

        Assert.StartsWith("Constraint.Where: pattern must fit at least one parameter; \"layer0.bias\" fits none of layer0.weight.", error.Message);
    }

    private static IReadOnlyList<JsonElement> Reference { get; } =
        [.. Support.Reference("regularizers/regularizers.json").RootElement.GetProperty("constraints").EnumerateArray()];
}
