using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Uniform"/>.</summary>
[DescriptionKind("uniform")]
internal sealed record UniformInitializer : WeightInitializer
{
    private const string Owner = "Initializer.Uniform";

    [JsonConstructor]
    public UniformInitializer(double low, double high)
    {
        Low = Require.Finite(low, Owner, nameof(low), "Give a small negative number such as -0.05.");
        High = Require.That(double.IsFinite(high) && high > low, high, Owner, nameof(high), $"be finite and greater than low, {low.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "Give a small positive number such as 0.05.");
    }

    public double Low { get; }

    public double High { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => weight.Value.uniform_(Low, High, random);
}
