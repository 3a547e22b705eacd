using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability;

/// <summary>The clipping of gradients in <see cref="NeuralNetworkSweepOptions"/>.</summary>
public sealed class ClippingSweepOptions
{
    /// <summary>The rule.</summary>
    [Choice(SweptClipping.GlobalNorm, SweptClipping.Norm, SweptClipping.Value, SweptClipping.None)]
    public SweptClipping Kind { get; set; }

    /// <summary>The largest norm or value, 0.1 to 10 by the logarithm; default 1. Of no effect without clipping.</summary>
    [Range(0.1, 10.0, 1.0, true)]
    public double Threshold { get; set; } = 1;

    internal GradientTransform? ToGradients() => Kind switch
    {
        SweptClipping.Norm => GradientTransform.ClipByNorm(Threshold),
        SweptClipping.Value => GradientTransform.ClipByValue(-Threshold, Threshold),
        SweptClipping.None => null,
        _ => GradientTransform.ClipByGlobalNorm(Threshold),
    };
}
