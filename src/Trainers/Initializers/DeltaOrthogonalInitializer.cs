using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.DeltaOrthogonal(double)"/>.</summary>
[DescriptionKind("delta-orthogonal")]
internal sealed record DeltaOrthogonalInitializer : WeightInitializer
{
    [JsonConstructor]
    public DeltaOrthogonalInitializer(double? gain) => Gain = gain is { } given
        ? Require.Positive(given, "Initializer.DeltaOrthogonal", nameof(gain), "√2 suits ReLU; leave it out for the gain of each layer's activation.")
        : null;

    /// <summary>The gain of all layers; null for that of each layer's activation.</summary>
    public double? Gain { get; }

    protected override void Fill(NetworkParameter weight, Generator random)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var shape = weight.Value.shape;
        using var matrix = Draw.Orthonormal(shape[0], shape[1], weight.Value, random);
        KernelCentre.Fill(weight.Value, matrix);
        weight.Value.mul_(Gain ?? ByActivationInitializer.GainOf(weight));
    }
}
