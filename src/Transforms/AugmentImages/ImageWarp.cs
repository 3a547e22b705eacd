namespace MLNet.GradStability;

/// <summary>
/// Flips an image, then rotates it, then shifts it, all about its middle and in one bilinear resampling; where nothing was there are zeros, as in
/// PyTorch's <c>grid_sample(mode="bilinear", padding_mode="zeros")</c>.
/// </summary>
/// <param name="FlipHorizontally">Mirrors left to right.</param>
/// <param name="FlipVertically">Mirrors top to bottom.</param>
/// <param name="Degrees">The rotation, counter-clockwise as seen.</param>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels downwards.</param>
internal readonly record struct ImageWarp(bool FlipHorizontally, bool FlipVertically, double Degrees, double ShiftX, double ShiftY)
{
    public void Apply(ReadOnlySpan<float> source, Span<float> target, ImageSize size)
    {
        var (sin, cos) = Math.SinCos(Degrees * Math.PI / 180);
        var (middleX, middleY) = ((size.Width - 1) / 2.0, (size.Height - 1) / 2.0);
        var plane = size.Height * size.Width;
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                // Where the value of this pixel comes from: the inverse of each step, the last first.
                var (right, down) = (x - middleX - ShiftX, y - middleY - ShiftY);
                var (fromX, fromY) = ((cos * right) - (sin * down), (sin * right) + (cos * down));
                fromX = middleX + (FlipHorizontally ? -fromX : fromX);
                fromY = middleY + (FlipVertically ? -fromY : fromY);
                var pixel = (y * size.Width) + x;
                for (var start = 0; start < source.Length; start += plane)
                {
                    target[start + pixel] = Sample(source.Slice(start, plane), size, fromX, fromY);
                }
            }
        }
    }

    /// <summary>
    /// The same as the two rows of an affine map from where a pixel is to where its value comes from, both from −1 to 1 across the image, as
    /// <c>affine_grid(align_corners=False)</c> takes them.
    /// </summary>
    public void WriteMap(Span<float> map, ImageSize size)
    {
        var (sin, cos) = Math.SinCos(Degrees * Math.PI / 180);
        var (signX, signY) = (FlipHorizontally ? -1 : 1, FlipVertically ? -1 : 1);
        map[0] = (float)(signX * cos);
        map[1] = (float)(-signX * sin * size.Height / size.Width);
        map[2] = (float)(signX * 2 * ((sin * ShiftY) - (cos * ShiftX)) / size.Width);
        map[3] = (float)(signY * sin * size.Width / size.Height);
        map[4] = (float)(signY * cos);
        map[5] = (float)(-signY * 2 * ((sin * ShiftX) + (cos * ShiftY)) / size.Height);
    }

    private static float Sample(ReadOnlySpan<float> plane, ImageSize size, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (partX, partY) = (x - left, y - top);
        return (float)(Tap(plane, size, left, top, (1 - partX) * (1 - partY)) + Tap(plane, size, left + 1, top, partX * (1 - partY))
            + Tap(plane, size, left, top + 1, (1 - partX) * partY) + Tap(plane, size, left + 1, top + 1, partX * partY));
    }

    // A neighbour of no weight is not read, so that a value that is not finite spreads no further than it must.
    private static double Tap(ReadOnlySpan<float> plane, ImageSize size, int x, int y, double weight) =>
        weight > 0 && x >= 0 && x < size.Width && y >= 0 && y < size.Height ? weight * plane[(y * size.Width) + x] : 0;
}
