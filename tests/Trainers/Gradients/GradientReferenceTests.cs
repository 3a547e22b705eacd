using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Every transform against numbers from PyTorch or from its paper's rule: tests/Reference/gradients.</summary>
public class GradientReferenceTests
{
    private static readonly JsonElement File = Support.Reference("gradients/gradients.json").RootElement;

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (description, network) in Cases().Select(c => (Text(c), c.GetProperty("network").GetString()!)).Distinct())
            {
                data.Add(description, network);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_are_those_of_the_rule(string description, string network)
    {
        foreach (var reference in Cases().Where(c => Text(c) == description && c.GetProperty("network").GetString() == network))
        {
            using var gradients = TestGradients.Of(File.GetProperty("networks").GetProperty(network));
            using var transform = Descriptions.FromJson<GradientTransform>(description).Bind(gradients.Parameters);
            var names = File.GetProperty("networks").GetProperty(network).EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).ToList();
            var steps = File.GetProperty("runs").GetProperty(reference.GetProperty("run").GetString()!).EnumerateArray();
            foreach (var (step, expected) in steps.Zip(reference.GetProperty("expected").EnumerateArray()))
            {
                foreach (var (name, gradient) in names.Zip(step.EnumerateArray()))
                {
                    gradients.Set(name, gradient.Numbers());
                }

                transform.Apply(gradients.Next());

                foreach (var (name, numbers) in names.Zip(expected.EnumerateArray()))
                {
                    AssertEqual(numbers.Numbers(), gradients.Read(name), $"{reference.GetProperty("run").GetString()}, {name}");
                }
            }
        }
    }

    [Fact]
    public void The_noise_has_the_deviation_of_the_rule()
    {
        const int length = 40_000;
        using var gradients = TestGradients.Line(length);
        foreach (var expected in File.GetProperty("noise").EnumerateArray())
        {
            using var random = new Generator(3);
            var transform = GradientTransform.Noise(expected.GetProperty("eta").GetDouble(), expected.GetProperty("decay").GetDouble());
            gradients.Parameters.ZeroGradients();
            using var bound = transform.Bind(gradients.Parameters);

            bound.Apply(new GradientStep(gradients.Parameters, expected.GetProperty("step").GetInt64(), random));

            var noise = gradients.Read("line.weight");
            var deviation = expected.GetProperty("deviation").GetDouble();
            Assert.Equal(deviation, Math.Sqrt(noise.Average(x => x * x)), 0.02 * deviation);
            Assert.Equal(0, noise.Average(), 0.02 * deviation);
        }
    }

    private static IEnumerable<JsonElement> Cases() => File.GetProperty("cases").EnumerateArray();

    private static string Text(JsonElement reference) => reference.GetProperty("description").GetRawText();

    private static void AssertEqual(double[] expected, double[] actual, string where)
    {
        // Relative to the largest number, so that tiny gradients are compared too.
        var tolerance = 2e-6 * expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, FormattableString.Invariant($"{where}, number {i}: expected {expected[i]:R}, got {actual[i]:R}"));
        }

        Assert.Equal(expected.Length, actual.Length);
    }
}
