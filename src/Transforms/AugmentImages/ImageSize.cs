using System.Globalization;

namespace MLNet.GradStability;

/// <summary>The size of images that lie in a vector plane after plane, row after row: index = (channel · height + y) · width + x.</summary>
internal readonly record struct ImageSize(int Channels, int Height, int Width)
{
    public long Count => (long)Channels * Height * Width;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Channels}×{Height}×{Width}");
}
