namespace MLNet.GradStability;

/// <summary>What a convolution does at the edges of an image.</summary>
public enum ConvolutionPadding
{
    /// <summary>Zeros around the image keep its size, but for the stride.</summary>
    Same,

    /// <summary>Kernels stay inside the image, which becomes smaller.</summary>
    Valid,
}
