using System.Text.Json.Serialization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="RegressionLoss.Huber"/>.</summary>
[DescriptionKind("huber")]
internal sealed record HuberErrorLoss : RegressionLoss
{
    [JsonConstructor]
    public HuberErrorLoss(double delta = 3) =>
        Delta = Require.Positive(delta, "RegressionLoss.Huber", nameof(delta), "Usual values are 1 to 5; for no limit take RegressionLoss.Mse().");

    public double Delta { get; }

    public override Tensor PerRow(Tensor predictions, Tensor targets) => F.huber_loss(predictions, targets, Delta, nn.Reduction.None) * 2;
}
