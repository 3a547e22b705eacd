namespace MLNet.GradStability;

/// <summary>Makes altered copies of images as the options say.</summary>
internal sealed class ImageAugmenter(ImageSize size, AugmentImagesOptions options)
{
    private readonly int _hole = options.CutOut > 0 ? Math.Max(1, (int)Math.Round(options.CutOut * Math.Min(size.Height, size.Width))) : 0;

    public void Apply(ReadOnlySpan<float> image, Span<float> copy, CopyRandom random)
    {
        // Drawn in this order whether on or off: switching one on leaves the others as they were.
        var flips = (random.Uniform() < 0.5 && options.FlipHorizontally, random.Uniform() < 0.5 && options.FlipVertically);
        var degrees = random.Symmetric(options.MaxRotation);
        var shift = (random.Symmetric(options.MaxShift * size.Width), random.Symmetric(options.MaxShift * size.Height));
        var hole = ((int)(random.Uniform() * size.Width), (int)(random.Uniform() * size.Height));
        new ImageWarp(flips.Item1, flips.Item2, degrees, shift.Item1, shift.Item2).Apply(image, copy, size);
        if (options.NoiseDeviation > 0)
        {
            foreach (ref var value in copy)
            {
                value += (float)(options.NoiseDeviation * random.Normal());
            }
        }

        CutOut(copy, hole.Item1 - (_hole / 2), hole.Item2 - (_hole / 2));
    }

    private void CutOut(Span<float> image, int left, int top)
    {
        var (from, to) = (Math.Max(left, 0), Math.Min(left + _hole, size.Width));
        for (var channel = 0; channel < size.Channels; channel++)
        {
            for (var y = Math.Max(top, 0); y < Math.Min(top + _hole, size.Height); y++)
            {
                image.Slice((((channel * size.Height) + y) * size.Width) + from, to - from).Clear();
            }
        }
    }
}
