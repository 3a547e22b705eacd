using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Augmentation.Then"/>.</summary>
[DescriptionKind("chain")]
internal sealed record AugmentationChain : Augmentation
{
    private const string Owner = "Augmentation.Then";

    [JsonConstructor]
    public AugmentationChain(IReadOnlyList<Augmentation> steps)
    {
        Require.NotNull(steps, Owner, nameof(steps), "Give the augmentations.");
        Steps = new EquatableList<Augmentation>(steps.SelectMany(step =>
            Require.NotNull(step, Owner, "next", "Give an augmentation such as Augmentation.Mixup().") is AugmentationChain chain ? chain.Steps : [step]));
        if (Steps.Count(step => step is MixupAugmentation) is > 1 and var count)
        {
            throw new ArgumentException($"{Owner}: a chain must hold at most one Mixup, as a row has two targets at most; got {count}. Leave all but one out.", nameof(steps));
        }
    }

    public IReadOnlyList<Augmentation> Steps { get; }

    internal override void Check(int numbers)
    {
        foreach (var step in Steps)
        {
            step.Check(numbers);
        }
    }

    internal override Batch Apply(Batch batch, AugmentationStep step) => Steps.Aggregate(batch, (altered, next) => next.Apply(altered, step));
}
