using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Describes what a classification trainer minimises: the mean over the rows of a function of p, the probability that the network gives to the class of
/// the row. With label smoothing it is Σ_c q_c·ℓ(p_c), q_c being the share of the target that class c has.
/// </summary>
/// <remarks>
/// Binary and multi-label trainers take p = sigmoid(z) for true and sigmoid(−z) for false, multiclass trainers the softmax. For a loss of your own derive from
/// it. All of them work on log p, so that loss and gradient are finite for scores of any size.
/// </remarks>
public abstract record ClassificationLoss
{
    /// <summary>−log p, the cross-entropy; on two classes the logistic loss.</summary>
    public static ClassificationLoss CrossEntropy() => new CrossEntropyLoss();

    /// <summary>
    /// −(1 − p)^γ·log p (Lin et al. 2017, arXiv:1708.02002): rows that are told rightly with certainty count little, so that many easy rows do not drown the few
    /// hard ones.
    /// </summary>
    /// <param name="gamma">γ, finite and 0 or greater; default 2; 0 is the cross-entropy.</param>
    /// <param name="alpha">
    /// Binary and multi-label: what the loss of true values is multiplied by, that of false ones by 1 − α, as torchvision's <c>sigmoid_focal_loss</c> does; above
    /// 0 and below 1; the paper has 0.25. Default null: neither. An error in multiclass and beside <see cref="NeuralNetworkOptions.ClassWeights"/>, which do the same.
    /// </param>
    /// <remarks>It makes scores less certain than the classes are: probabilities come out nearer to even.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static ClassificationLoss Focal(double gamma = 2, double? alpha = null) => new FocalLoss(gamma, alpha);

    /// <summary>The loss ℓ by the logarithm of the probability of the true class, element by element.</summary>
    /// <param name="logProbabilities">log p, of any shape, 0 or less.</param>
    /// <returns>The losses, of the same shape, differentiable.</returns>
    public abstract Tensor Of(Tensor logProbabilities);
}
