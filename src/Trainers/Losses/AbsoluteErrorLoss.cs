using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="RegressionLoss.Mae"/>.</summary>
[DescriptionKind("mae")]
internal sealed record AbsoluteErrorLoss : RegressionLoss
{
    // Not functional.l1_loss: TorchSharp 0.102.7 computes the squared error there.
    public override Tensor PerRow(Tensor predictions, Tensor targets) => (predictions - targets).abs();
}
