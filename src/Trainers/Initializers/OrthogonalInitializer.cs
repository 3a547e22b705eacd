using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Orthogonal(double)"/>.</summary>
[DescriptionKind("orthogonal")]
internal sealed record OrthogonalInitializer : WeightInitializer
{
    [JsonConstructor]
    public OrthogonalInitializer(double? gain) => Gain = gain is { } given
        ? Require.Positive(given, "Initializer.Orthogonal", nameof(gain), "√2 suits ReLU; leave it out for the gain of each layer's activation.")
        : null;

    /// <summary>The gain of all layers; null for that of each layer's activation.</summary>
    public double? Gain { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => FillWeight(weight, Gain, random);

    internal static void FillWeight(NetworkParameter weight, double? gain, Generator random)
    {
        var value = weight.Value;
        using var matrix = Draw.Orthonormal(value.shape[0], weight.FanIn, value, random);
        using var shaped = matrix.reshape(value.shape);
        value.copy_(shaped).mul_(gain ?? ByActivationInitializer.GainOf(weight));
    }
}
