namespace MLNet.GradStability;

/// <summary>What is done to one copy of an image but for noise, as drawn.</summary>
/// <param name="Warp">Flips, rotation and shift.</param>
/// <param name="HoleLeft">The first column that is cut out; may lie outside.</param>
/// <param name="HoleTop">The first row that is cut out; may lie outside.</param>
internal readonly record struct ImageAlteration(ImageWarp Warp, int HoleLeft, int HoleTop)
{
    public static ImageAlteration Draw(ImageSize size, AugmentImagesOptions options, ref CopyRandom random)
    {
        // Drawn in this order whether on or off: switching one on leaves the others as they were.
        var flips = (random.Uniform() < 0.5 && options.FlipHorizontally, random.Uniform() < 0.5 && options.FlipVertically);
        var degrees = random.Symmetric(options.MaxRotation);
        var shift = (random.Symmetric(options.MaxShift * size.Width), random.Symmetric(options.MaxShift * size.Height));
        var hole = ((int)(random.Uniform() * size.Width), (int)(random.Uniform() * size.Height));
        var half = HoleSide(size, options) / 2;
        return new(new ImageWarp(flips.Item1, flips.Item2, degrees, shift.Item1, shift.Item2), hole.Item1 - half, hole.Item2 - half);
    }

    /// <summary>The side of the square that is cut out; 0 for none.</summary>
    public static int HoleSide(ImageSize size, AugmentImagesOptions options) =>
        options.CutOut > 0 ? Math.Max(1, (int)Math.Round(options.CutOut * Math.Min(size.Height, size.Width))) : 0;
}
