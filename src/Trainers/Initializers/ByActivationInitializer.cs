using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.ByActivation"/>.</summary>
[DescriptionKind("by-activation")]
internal sealed record ByActivationInitializer : WeightInitializer
{
    protected override void Fill(NetworkParameter weight, Generator random) => FillWeight(weight, random);

    /// <summary>Zero-mean normal with std = gain/√fan_in.</summary>
    internal static void FillWeight(NetworkParameter weight, Generator random) =>
        weight.Value.normal_(0, GainOf(weight) / Math.Sqrt(weight.FanIn), random);

    /// <summary>The gain of the activation behind the weight, 1 behind the output layer.</summary>
    internal static double GainOf(NetworkParameter weight) => weight.Activation?.Gain ?? 1;
}
