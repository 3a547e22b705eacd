using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="RegressionLoss.Adaptive"/>.</summary>
[DescriptionKind("adaptive")]
internal sealed record AdaptiveLoss : RegressionLoss
{
    private const string Owner = "RegressionLoss.Adaptive";

    [JsonConstructor]
    public AdaptiveLoss(double tail = 2, double delta = 1)
    {
        Tail = Require.That(tail >= 1, tail, Owner, nameof(tail), "be 1 or greater", "The usual value is 2; for ordinary labels take RegressionLoss.Mse().");
        Delta = Require.Positive(delta, Owner, nameof(delta), "The usual value is 1.");
    }

    public double Tail { get; }

    public double Delta { get; }

    // Without labels to judge by they count as ordinary.
    public override Tensor PerRow(Tensor predictions, Tensor targets) => Mse().PerRow(predictions, targets);

    internal override RegressionLoss For(LabelStatistics labels, int place = 0) => labels.TailRatio(place) > Tail ? Huber(Delta) : Mse();
}
