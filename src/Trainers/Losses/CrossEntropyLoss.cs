using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="ClassificationLoss.CrossEntropy"/>.</summary>
[DescriptionKind("cross-entropy")]
internal sealed record CrossEntropyLoss : ClassificationLoss
{
    public override Tensor Of(Tensor logProbabilities) => -logProbabilities;
}
