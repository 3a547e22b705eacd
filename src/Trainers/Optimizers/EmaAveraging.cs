using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="WeightAveraging.Ema"/>.</summary>
[DescriptionKind("ema")]
internal sealed record EmaAveraging : WeightAveraging
{
    [JsonConstructor]
    public EmaAveraging(double decay) =>
        Decay = Require.Fraction(decay, "WeightAveraging.Ema", nameof(decay), "Usual values are 0.99 to 0.9999.");

    public double Decay { get; }

    internal override BoundWeightAveraging Bind(Tensor values, int epochs) => new Bound(Decay, values);

    private sealed class Bound(double decay, Tensor values) : BoundWeightAveraging(values)
    {
        protected override void AfterStep()
        {
            var kept = Math.Min(decay, (1.0 + Count) / (10 + Count));
            Mean.mul_(kept).add_(Values, alpha: 1 - kept);
            Count++;
        }
    }
}
