namespace MLNet.GradStability;

/// <summary>The first layers of <see cref="Network.ResNet"/>.</summary>
public enum ResNetStem
{
    /// <summary><see cref="Small"/> for images up to 32 high or wide, <see cref="Large"/> for larger ones.</summary>
    Auto,

    /// <summary>A 3×3 convolution: the blocks see the image in its full size.</summary>
    Small,

    /// <summary>A 7×7 convolution of stride 2 and a 3×3 max pool of stride 2, as for ImageNet: the blocks see a quarter of height and width.</summary>
    Large,
}
