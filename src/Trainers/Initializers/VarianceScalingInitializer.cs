using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.VarianceScaling"/> and its presets.</summary>
[DescriptionKind("variance-scaling")]
internal sealed record VarianceScalingInitializer : WeightInitializer
{
    private const string Owner = "Initializer.VarianceScaling";

    [JsonConstructor]
    public VarianceScalingInitializer(double scale, FanMode fan, WeightDistribution distribution)
    {
        Scale = Require.Positive(scale, Owner, nameof(scale), "He uses 2, Xavier and LeCun use 1.");
        Fan = Require.That(Enum.IsDefined(fan), fan, Owner, nameof(fan), "be In, Out or Average", "Leave it at FanMode.In.");
        Distribution = Require.That(Enum.IsDefined(distribution), distribution, Owner, nameof(distribution), "be Normal, TruncatedNormal or Uniform", "Leave it at WeightDistribution.Normal.");
    }

    public double Scale { get; }

    public FanMode Fan { get; }

    public WeightDistribution Distribution { get; }

    protected override void Fill(NetworkParameter weight, Generator random)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var fan = Fan switch
        {
            FanMode.In => weight.FanIn,
            FanMode.Out => weight.FanOut,
            _ => (weight.FanIn + weight.FanOut) / 2.0,
        };
        Draw.ZeroMean(weight.Value, Math.Sqrt(Scale / fan), Distribution, random);
    }
}
