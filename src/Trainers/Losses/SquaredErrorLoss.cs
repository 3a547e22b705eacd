using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="RegressionLoss.Mse"/>.</summary>
[DescriptionKind("mse")]
internal sealed record SquaredErrorLoss : RegressionLoss
{
    public override Tensor PerRow(Tensor predictions, Tensor targets) => F.mse_loss(predictions, targets, nn.Reduction.None);
}
