using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.TruncatedNormal"/>.</summary>
[DescriptionKind("truncated-normal")]
internal sealed record TruncatedNormalInitializer : WeightInitializer
{
    [JsonConstructor]
    public TruncatedNormalInitializer(double std) =>
        Std = Require.Positive(std, "Initializer.TruncatedNormal", nameof(std), "0.01 to 0.1 is usual.");

    public double Std { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => Draw.TruncatedNormal(weight.Value, Std, random);
}
