using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The matrix <c>[out, in]</c> at the middle of a convolution's kernel; of a linear weight, all of it.</summary>
internal static class KernelCentre
{
    /// <summary>Sets the weight to 0 but for its centre, which becomes <paramref name="matrix"/>.</summary>
    public static void Fill(Tensor weight, Tensor matrix)
    {
        using var scope = NewDisposeScope();
        weight.zero_();
        var centre = weight;
        for (var dimension = weight.dim() - 1; dimension >= 2; dimension--)
        {
            centre = centre.select(dimension, (weight.shape[dimension] - 1) / 2);
        }

        centre.copy_(matrix);
    }
}
