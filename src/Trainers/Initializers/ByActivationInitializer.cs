using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The rule behind <see cref="Initializer.ByActivation"/>: normal with std = gain/√fan_in, the gain being that of the activation behind
/// the weight and 1 for the output layer.
/// </summary>
[DescriptionKind("by-activation")]
internal sealed record ByActivationInitializer : WeightInitializer
{
    protected override void Fill(NetworkParameter weight, Generator random)
    {
        var gain = weight.Activation?.Gain ?? 1;
        VarianceScalingInitializer.Fill(weight, gain * gain, FanMode.In, uniform: false, random);
    }
}
