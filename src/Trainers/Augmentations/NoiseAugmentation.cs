using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Augmentation.Noise"/>.</summary>
[DescriptionKind("noise")]
internal sealed record NoiseAugmentation : Augmentation
{
    [JsonConstructor]
    public NoiseAugmentation(double std) => Std = Require.Positive(std, "Augmentation.Noise", nameof(std), "Usual values are 0.01 to 0.3; for no noise leave it out.");

    public double Std { get; }

    internal override Batch Apply(Batch batch, AugmentationStep step)
    {
        step.Numbers.add_(step.Normal(step.Numbers.shape, Std));
        return batch;
    }
}
