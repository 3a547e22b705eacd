using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="WeightAveraging.Swa"/>.</summary>
[DescriptionKind("swa")]
internal sealed record SwaAveraging : WeightAveraging
{
    [JsonConstructor]
    public SwaAveraging(double startFraction) =>
        StartFraction = Require.Fraction(startFraction, "WeightAveraging.Swa", nameof(startFraction), "The usual value is 0.75.");

    public double StartFraction { get; }

    internal override BoundWeightAveraging Bind(Tensor values, int epochs) => new Bound(StartFraction * epochs, values);

    private sealed class Bound(double skipped, Tensor values) : BoundWeightAveraging(values)
    {
        public override void EpochEnded(int epoch)
        {
            if (epoch > skipped)
            {
                Count++;
                Mean.mul_(1 - (1.0 / Count)).add_(Values, alpha: 1.0 / Count);
            }
        }
    }
}
