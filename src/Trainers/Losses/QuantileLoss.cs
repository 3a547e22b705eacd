using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="RegressionLoss.Quantile"/>.</summary>
[DescriptionKind("quantile")]
internal sealed record QuantileLoss : RegressionLoss
{
    [JsonConstructor]
    public QuantileLoss(double q) =>
        Q = Require.That(q is > 0 and < 1, q, "RegressionLoss.Quantile", nameof(q), "be above 0 and below 1", "0.9 gives a number that nine labels in ten lie below; 0.5, the median, is RegressionLoss.Mae().");

    public double Q { get; }

    internal override double Level => Q;

    public override Tensor PerRow(Tensor predictions, Tensor targets)
    {
        var shortfall = targets - predictions;
        return (shortfall * Q).maximum(shortfall * (Q - 1));
    }
}
