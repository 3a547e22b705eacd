using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>The loss of truth values by their log-odds: Σ over true and false of weight · share of the target · ℓ(log p).</summary>
/// <param name="loss">ℓ.</param>
/// <param name="smoothing">s: targets 0 and 1 count as s/2 and 1 − s/2.</param>
/// <param name="weights">What false and true weigh: one pair, or one for each value of a row; null when all weigh 1.</param>
internal sealed class TruthLoss(ClassificationLoss loss, double smoothing, (double False, double True)[]? weights)
{
    private readonly bool _isPlain = weights is null && loss is CrossEntropyLoss;

    /// <summary>The losses, of the shape of the targets, weights and all.</summary>
    /// <param name="outputs">Log-odds.</param>
    /// <param name="targets">0 and 1, of the same shape.</param>
    /// <param name="reduction">Whether to take the mean.</param>
    public Tensor Of(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        var shares = smoothing > 0 ? (targets * (1 - smoothing)).add_(smoothing / 2) : targets;
        if (_isPlain)
        {
            return F.binary_cross_entropy_with_logits(outputs, shares, null, reduction);
        }

        var (ifFalse, ifTrue) = (loss.Of((-outputs).log_sigmoid()) * (1 - shares), loss.Of(outputs.log_sigmoid()) * shares);
        if (weights is not null)
        {
            (ifFalse, ifTrue) = (ifFalse * Weights(outputs, pair => pair.False), ifTrue * Weights(outputs, pair => pair.True));
        }

        if (loss is FocalLoss { Alpha: { } alpha })
        {
            (ifFalse, ifTrue) = (ifFalse * (1 - alpha), ifTrue * alpha);
        }

        var losses = ifFalse + ifTrue;
        return reduction == nn.Reduction.Mean ? losses.mean() : losses;
    }

    /// <summary>What each value weighs, of the shape of the targets; null when all weigh 1.</summary>
    public Tensor? WeightsOf(Tensor targets) => weights is null ? null : Weights(targets, pair => pair.True).where(targets.gt(0.5), Weights(targets, pair => pair.False));

    /// <summary>The log-odds of the weighted share of true values, given how many rows are true and how many there are.</summary>
    public Tensor LogOdds(Tensor trueRows, long rows)
    {
        // One row more of each class: none is impossible.
        var odds = (trueRows + 1) / (rows + 1 - trueRows);
        return (weights is null ? odds : odds * Weights(odds, pair => pair.True) / Weights(odds, pair => pair.False)).log();
    }

    private Tensor Weights(Tensor like, Func<(double False, double True), double> part) =>
        like.Numbers(Array.ConvertAll(weights!, pair => part(pair)));
}
