using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="ClassificationLoss.Focal"/>.</summary>
[DescriptionKind("focal")]
internal sealed record FocalLoss : ClassificationLoss
{
    private const string Owner = "ClassificationLoss.Focal";

    // At p = 1 the power has no finite slope for γ < 1; this near to it the loss is 0 to any accuracy.
    private const double Least = -1e-12;

    [JsonConstructor]
    public FocalLoss(double gamma = 2, double? alpha = null)
    {
        Gamma = Require.NotNegative(gamma, Owner, nameof(gamma), "Usual values are 1 to 5; for none take ClassificationLoss.CrossEntropy().");
        Alpha = alpha is { } given ? Require.That(given is > 0 and < 1, given, Owner, nameof(alpha), "be above 0 and below 1", "The paper has 0.25; leave it out to weigh true and false alike.") : null;
    }

    public double Gamma { get; }

    public double? Alpha { get; }

    public override Tensor Of(Tensor logProbabilities) => -logProbabilities * logProbabilities.clamp_max(Least).expm1().neg().pow(Gamma);
}
