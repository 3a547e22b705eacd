using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>
/// The share s of each target that is spread over the K classes, and how scores are freed of it again. A network that fits such targets gives class c not its probability π but
/// q = (1 − s)·π + s/K. That π is taken back from q, never below 0, as softmax(asinh(10·(q·K/s − 1))): proportional to q − s/K where that is well above 0, and a
/// small number that still rises with q where it is not.
/// </summary>
/// <param name="Share">s, 0 or greater and below 1.</param>
/// <param name="IsTakenOut">Whether scores are freed of it: only a network that minimises plain cross-entropy gives q.</param>
internal readonly record struct TargetSmoothing(double Share, bool IsTakenOut = true)
{
    /// <summary>The share where none is chosen and classes are of one size.</summary>
    public const double Usual = 0.03;

    /// <summary>The most hidden layers of a network that is shallow.</summary>
    public const int MostLayers = 4;

    // asinh(u) is log(2u) to 1 % from u = 5 on, so that only a q within half of s/K from s/K is bent.
    private const double Sharpness = 10;

    /// <summary>The share s that scores are freed of; 0 for none.</summary>
    public double TakenOut => IsTakenOut ? Share : 0;

    /// <summary>What the options ask for. Where they leave the choice, classes that are rarer than others make s smaller, so that it never hides them.</summary>
    /// <param name="options">The options.</param>
    /// <param name="classes">The weights of the rows of each class, over 0 for at least two of them; for a vector label one list for each value.</param>
    public static TargetSmoothing Of(NeuralNetworkOptions options, params IEnumerable<IReadOnlyList<double>> classes)
    {
        var isPlain = options is { ClassificationLoss: CrossEntropyLoss, ClassWeights: null };
        return new(options.LabelSmoothing ?? (isPlain && options.Network.SmoothsLabels ? Usual * classes.Min(Evenness) : 0), isPlain);
    }

    /// <summary>The probabilities of the classes from what a network gives, <c>[rows, K]</c>.</summary>
    public Tensor Probabilities(Tensor outputs)
    {
        var shares = F.softmax(outputs, 1);
        return TakenOut > 0 ? F.softmax(Raised(shares, outputs.shape[1]), 1) : shares;
    }

    /// <summary>The log-odds of true from what a network gives.</summary>
    public Tensor LogOdds(Tensor outputs) => TakenOut > 0 ? Raised(outputs.sigmoid(), 2) - Raised((-outputs).sigmoid(), 2) : outputs.alias();

    /// <inheritdoc cref="Probabilities(Tensor)"/>
    public OnnxValue Probabilities(OnnxScope scope, OnnxValue outputs, int classes)
    {
        var shares = scope.Op("Softmax", [outputs], OnnxAttribute.Integer("axis", 1));
        return TakenOut > 0 ? scope.Op("Softmax", [Raised(scope, shares, classes)], OnnxAttribute.Integer("axis", 1)) : shares;
    }

    /// <inheritdoc cref="LogOdds(Tensor)"/>
    public OnnxValue LogOdds(OnnxScope scope, OnnxValue outputs) => TakenOut > 0
        ? scope.Op("Sub", [Raised(scope, scope.Op("Sigmoid", [outputs]), 2), Raised(scope, scope.Op("Sigmoid", [scope.Op("Neg", [outputs])]), 2)])
        : outputs;

    private Tensor Raised(Tensor shares, long classes) => (shares * (Sharpness * classes / TakenOut) - Sharpness).asinh();

    private OnnxValue Raised(OnnxScope scope, OnnxValue shares, int classes) =>
        scope.Op("Asinh", [scope.Op("Sub", [scope.Op("Mul", [shares, scope.Single(Sharpness * classes / TakenOut)]), scope.Single(Sharpness)])]);

    /// <summary>How large the smallest class that has rows is, against classes of one size: from 0, where a value never varies, to 1.</summary>
    private static double Evenness(IReadOnlyList<double> weights)
    {
        var present = weights.Where(weight => weight > 0).ToList();
        return present.Count < 2 ? 0 : present.Min() * present.Count / present.Sum();
    }
}
