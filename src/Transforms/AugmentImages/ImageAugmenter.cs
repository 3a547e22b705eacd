namespace MLNet.GradStability;

/// <summary>Makes altered copies of images as the options say.</summary>
internal sealed class ImageAugmenter(ImageSize size, AugmentImagesOptions options)
{
    private readonly int _hole = ImageAlteration.HoleSide(size, options);

    public void Apply(ReadOnlySpan<float> image, Span<float> copy, CopyRandom random)
    {
        var drawn = ImageAlteration.Draw(size, options, ref random);
        drawn.Warp.Apply(image, copy, size);
        if (options.NoiseDeviation > 0)
        {
            foreach (ref var value in copy)
            {
                value += (float)(options.NoiseDeviation * random.Normal());
            }
        }

        CutOut(copy, drawn.HoleLeft, drawn.HoleTop);
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
