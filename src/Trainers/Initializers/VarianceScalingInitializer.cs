using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Zero-mean weights with variance scale / fan: the general rule of which He and Xavier are presets.
/// Normal: std = √(scale/fan). Uniform: bound = √(3·scale/fan).
/// </summary>
[DescriptionKind("variance-scaling")]
internal sealed record VarianceScalingInitializer : WeightInitializer
{
    [JsonConstructor]
    public VarianceScalingInitializer(double scale, FanMode fan, bool uniform)
    {
        Scale = Require.Positive(scale, "Initializer.VarianceScaling", nameof(scale), "He uses 2, Xavier and LeCun use 1.");
        Fan = fan;
        Uniform = uniform;
    }

    public double Scale { get; }

    public FanMode Fan { get; }

    public bool Uniform { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => Fill(weight, Scale, Fan, Uniform, random);

    internal static void Fill(NetworkParameter weight, double scale, FanMode mode, bool uniform, Generator random)
    {
        var fan = mode switch
        {
            FanMode.In => weight.FanIn,
            FanMode.Out => weight.FanOut,
            _ => (weight.FanIn + weight.FanOut) / 2.0,
        };
        var variance = scale / fan;
        if (uniform)
        {
            var bound = Math.Sqrt(3 * variance);
            weight.Value.uniform_(-bound, bound, random);
        }
        else
        {
            weight.Value.normal_(0, Math.Sqrt(variance), random);
        }
    }
}
