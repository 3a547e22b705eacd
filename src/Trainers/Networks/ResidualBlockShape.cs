namespace MLNet.GradStability;

/// <summary>The sizes of a <see cref="ResidualBlock"/>.</summary>
/// <param name="Stage">Which of the four stages it belongs to, from 1.</param>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Width">Channels of its 3×3 convolutions.</param>
/// <param name="Stride">2 where it halves the image.</param>
/// <param name="IsBottleneck">Whether 1×1 convolutions narrow and widen the channels around one 3×3 convolution, instead of two 3×3 convolutions.</param>
internal readonly record struct ResidualBlockShape(int Stage, int Inputs, int Width, int Stride, bool IsBottleneck)
{
    private const int Expansion = 4;

    /// <summary>Channels that come out.</summary>
    public int Outputs => IsBottleneck ? Expansion * Width : Width;

    /// <summary>Whether the skip connection needs a 1×1 convolution, because the shape changes.</summary>
    public bool HasProjection => Stride > 1 || Inputs != Outputs;

    /// <summary>The convolutions of the branch in order: channels in and out, kernel, stride.</summary>
    public IReadOnlyList<(int Inputs, int Outputs, int Kernel, int Stride)> Convolutions => IsBottleneck
        ? [(Inputs, Width, 1, 1), (Width, Width, 3, Stride), (Width, Outputs, 1, 1)]
        : [(Inputs, Width, 3, Stride), (Width, Width, 3, 1)];

    /// <summary>The number of weights in convolutions.</summary>
    public double WeightCount =>
        Convolutions.Sum(conv => (double)conv.Inputs * conv.Outputs * conv.Kernel * conv.Kernel) + (HasProjection ? (double)Inputs * Outputs : 0);
}
