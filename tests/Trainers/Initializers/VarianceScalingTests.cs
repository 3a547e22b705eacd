using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The fan rules: exactly the deviations and bounds of torch.nn.init (tests/Reference/initializers), and what is drawn with them.</summary>
public class VarianceScalingTests
{
    private static readonly Dictionary<string, Initializer> Rules = new()
    {
        ["xavier-normal"] = Initializer.XavierNormal(),
        ["xavier-uniform"] = Initializer.XavierUniform(),
        ["xavier-normal-gain"] = Initializer.XavierNormal(5.0 / 3),
        ["xavier-uniform-gain"] = Initializer.XavierUniform(5.0 / 3),
        ["he-normal"] = Initializer.HeNormal(),
        ["he-uniform"] = Initializer.HeUniform(),
        ["he-normal-leaky"] = Initializer.HeNormal(0.1),
        ["he-uniform-leaky"] = Initializer.HeUniform(0.1),
        ["he-normal-out"] = Initializer.VarianceScaling(2, FanMode.Out),
        ["lecun-normal"] = Initializer.LeCunNormal(),
        ["lecun-uniform"] = Initializer.LeCunUniform(),
    };

    [Fact]
    [Trait("Row", "R4")]
    public void Xavier_draws_what_PyTorch_draws() => AssertReference("xavier");

    [Fact]
    [Trait("Row", "R5")]
    public void He_draws_what_PyTorch_draws() => AssertReference("he");

    [Fact]
    public void LeCun_draws_what_PyTorch_draws() => AssertReference("lecun");

    [Fact]
    [Trait("Row", "R4")]
    public void Xavier_has_the_variance_of_its_formula()
    {
        AssertMoments(Initializer.XavierNormal(), [300, 500], Math.Sqrt(2.0 / 800));
        AssertMoments(Initializer.XavierUniform(), [300, 500], Math.Sqrt(2.0 / 800));
        AssertMoments(Initializer.XavierNormal(2), [60, 40, 5, 5], 2 * Math.Sqrt(2.0 / (100 * 25)));
    }

    [Fact]
    [Trait("Row", "R5")]
    public void He_has_the_variance_of_its_formula()
    {
        AssertMoments(Initializer.HeNormal(), [300, 500], Math.Sqrt(2.0 / 500));
        AssertMoments(Initializer.HeUniform(), [300, 500], Math.Sqrt(2.0 / 500));
        AssertMoments(Initializer.HeNormal(0.3), [300, 500], Math.Sqrt(2.0 / (1.09 * 500)));
        AssertMoments(Initializer.HeNormal(), [60, 40, 5, 5], Math.Sqrt(2.0 / 1000));
    }

    [Theory]
    [InlineData(FanMode.In, 500)]
    [InlineData(FanMode.Out, 300)]
    [InlineData(FanMode.Average, 400)]
    public void Every_distribution_has_the_same_variance(FanMode fan, double divisor)
    {
        foreach (var distribution in Enum.GetValues<WeightDistribution>())
        {
            AssertMoments(Initializer.VarianceScaling(1.7, fan, distribution), [300, 500], Math.Sqrt(1.7 / divisor));
        }
    }

    [Fact]
    public void A_truncated_draw_stays_within_two_deviations_of_the_uncut_normal()
    {
        var weight = TestNetwork.Fill(Initializer.VarianceScaling(1, FanMode.In, WeightDistribution.TruncatedNormal), [300, 500]).ToArray();
        var bound = 2 * Math.Sqrt(1.0 / 500) / 0.8796;

        Assert.InRange(weight.Max(Math.Abs), 0.99 * bound, 1.0001 * bound);
    }

    [Fact]
    [Trait("Row", "R5")]
    public void By_activation_takes_the_gain_of_the_layer_and_1_at_the_output()
    {
        using var network = new TestNetwork(Network.Mlp([400], Activation.LeakyRelu(0.2)), 300, 250);

        AssertDeviation(network["hidden0.weight"], Math.Sqrt(2 / (1.04 * 300)));
        AssertDeviation(network["output.weight"], Math.Sqrt(1.0 / 400));
        Assert.All(network["hidden0.bias"].Concat(network["output.bias"]), number => Assert.Equal(0, number));
    }

    internal static void AssertMoments(Initializer rule, long[] shape, double std, double mean = 0)
    {
        var numbers = TestNetwork.Fill(rule, shape).ToArray();

        // Five standard errors of the mean, and of the deviation of normal numbers, which is the largest of the three distributions'.
        Assert.InRange(numbers.Average() - mean, -5 * std / Math.Sqrt(numbers.Length), 5 * std / Math.Sqrt(numbers.Length));
        AssertDeviation(numbers, std);
    }

    internal static void AssertDeviation(double[] numbers, double std)
    {
        var mean = numbers.Average();
        var deviation = Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
        var error = 5 / Math.Sqrt(2.0 * numbers.Length);
        Assert.InRange(deviation, std * (1 - error), std * (1 + error));
    }

    private static void AssertReference(string family)
    {
        using var reference = Support.Reference("initializers/initializers.json");
        var cases = reference.RootElement.GetProperty("cases").EnumerateArray().Where(item => item.GetProperty("rule").GetString()!.StartsWith(family, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(cases);
        Assert.All(cases, item => AssertCase(item));
    }

    private static void AssertCase(JsonElement item)
    {
        var shape = item.GetProperty("shape").Numbers().Select(size => (long)size).ToArray();
        var drawn = item.GetProperty("drawn");
        using var random = new Generator(7);
        using var expected = empty(shape);
        _ = drawn[0].GetString() == "normal"
            ? expected.normal_(drawn[1].GetDouble(), drawn[2].GetDouble(), random)
            : expected.uniform_(drawn[1].GetDouble(), drawn[2].GetDouble(), random);
        using var actual = TestNetwork.Fill(Rules[item.GetProperty("rule").GetString()!], shape, seed: 7);

        Support.AssertClose(expected.ToArray(), actual.ToArray(), 1e-6);
    }
}
