using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Identity"/>.</summary>
[DescriptionKind("identity")]
internal sealed record IdentityInitializer : WeightInitializer
{
    [JsonConstructor]
    public IdentityInitializer(double scale) =>
        Scale = Require.Positive(scale, "Initializer.Identity", nameof(scale), "The usual value is 1; below 1 forgets faster.");

    public double Scale { get; }

    protected override void Fill(NetworkParameter weight, Generator random)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using var diagonal = eye(weight.Value.shape[0], weight.Value.shape[1], weight.Value.dtype, weight.Value.device);
        KernelCentre.Fill(weight.Value, diagonal);
        weight.Value.mul_(Scale);
    }
}
