using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Augmentation.Mixup"/>.</summary>
[DescriptionKind("mixup")]
internal sealed record MixupAugmentation : Augmentation
{
    [JsonConstructor]
    public MixupAugmentation(double alpha = 0.2) => Alpha = Require.Positive(alpha, "Augmentation.Mixup", nameof(alpha), "Usual values are 0.1 to 1; to mix nothing leave it out.");

    public double Alpha { get; }

    internal override Batch Apply(Batch batch, AugmentationStep step)
    {
        var lambda = BetaDraw.Symmetric(Alpha, step.Random);
        var others = Enumerable.Range(0, (int)batch.Rows).Select(row => (long)row).ToArray();
        step.Random.Shuffle(others);
        return Mix(batch, step.Numbers, tensor(others), Math.Min(lambda, 1 - lambda));
    }

    /// <summary>Mixes the rows with others of them.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="numbers">Their numbers, altered in place.</param>
    /// <param name="others">For each row the place of the other, <c>[rows]</c>, Int64; a permutation.</param>
    /// <param name="share">The others' share.</param>
    internal static Batch Mix(Batch batch, Tensor numbers, Tensor others, double share)
    {
        using var mixed = numbers.index_select(0, others);
        numbers.mul_(1 - share).add_(mixed.mul_(share));
        return batch with
        {
            Mixed = new(
                batch.Targets.index_select(0, others).DetachFromDisposeScope(), batch.Weights?.index_select(0, others).DetachFromDisposeScope(), share),
        };
    }
}
