using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One batch on its way through augmentations, in a scope that disposes what they make.</summary>
/// <param name="Numbers"><c>[rows, numbers]</c>, as the network sees them; altered in place. No keys are among them.</param>
/// <param name="Scaling">How they were scaled; null when they are as they came.</param>
/// <param name="Random">What is drawn for this batch.</param>
internal sealed record AugmentationStep(Tensor Numbers, FeatureScaling? Scaling, Random Random)
{
    /// <summary>Standard normal numbers of some shape, times a deviation.</summary>
    public Tensor Normal(long[] shape, double deviation)
    {
        using var generator = new Generator((ulong)Random.NextInt64());
        return empty(shape).normal_(0, deviation, generator);
    }
}
