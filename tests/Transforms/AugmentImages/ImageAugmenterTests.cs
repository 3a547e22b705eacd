namespace MLNet.GradStability.Tests.AugmentImages;

/// <summary>What the options do to copies.</summary>
[Trait("Row", "R15")]
public sealed class ImageAugmenterTests
{
    private static readonly AugmentImagesOptions Off = new() { MaxShift = 0, MaxRotation = 0 };

    [Fact]
    public void Noise_has_the_stated_deviation_and_mean_zero()
    {
        var values = Copies(Off with { NoiseDeviation = 0.5 }, new(1, 10, 10), 100).SelectMany(copy => copy).Select(value => value - 1.0).ToArray();
        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.48, 0.52);
    }

    [Fact]
    public void The_hole_is_a_square_of_the_stated_side_in_every_channel_anywhere()
    {
        var copies = Copies(Off with { CutOut = 0.5 }, new(2, 4, 6), 200);
        Assert.All(copies, copy => Assert.Equal(copy[..24], copy[24..]));
        Assert.All(copies, copy => Assert.InRange(copy[..24].Count(value => value == 0), 1, 4));
        Assert.Contains(copies, copy => copy[..24].Count(value => value == 0) == 4);
        Assert.All(Enumerable.Range(0, 24), pixel => Assert.Contains(copies, copy => copy[pixel] == 0));
    }

    [Fact]
    public void Flips_come_half_of_the_time_and_each_alone()
    {
        float[] image = [1, 2, 3, 4];
        var counts = Enumerable.Range(0, 400).Select(i =>
        {
            var copy = new float[4];
            new ImageAugmenter(new(1, 2, 2), Off with { FlipHorizontally = true, FlipVertically = true }).Apply(image, copy, new(3, new((ulong)i, 0), 1));
            return string.Join(' ', copy);
        }).CountBy(text => text).ToDictionary();
        Assert.Equal(["1 2 3 4", "2 1 4 3", "3 4 1 2", "4 3 2 1"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.All(counts.Values, count => Assert.InRange(count, 70, 130));
    }

    [Fact]
    public void Shifts_stay_within_their_limit()
    {
        var size = new ImageSize(1, 9, 9);
        var image = new float[81];
        image[40] = 1;
        var places = new HashSet<int>();
        for (var row = 0; row < 300; row++)
        {
            var copy = new float[81];
            new ImageAugmenter(size, Off with { MaxShift = 0.2 }).Apply(image, copy, new(1, new((ulong)row, 0), 1));
            places.UnionWith(Enumerable.Range(0, 81).Where(pixel => copy[pixel] > 0));
            Assert.Equal(1, copy.Sum(), 1e-5);
        }

        // ± 1.8 pixels about (4, 4) touch rows and columns 2 to 6.
        Assert.Equal(25, places.Count);
        Assert.All(places, pixel => Assert.True(pixel / 9 is >= 2 and <= 6 && pixel % 9 is >= 2 and <= 6));
    }

    private static float[][] Copies(AugmentImagesOptions options, ImageSize size, int count)
    {
        var image = Enumerable.Repeat(1f, (int)size.Count).ToArray();
        var augmenter = new ImageAugmenter(size, options);
        return [.. Enumerable.Range(0, count).Select(row =>
        {
            var copy = new float[image.Length];
            augmenter.Apply(image, copy, new(7, new((ulong)row, 0), 1));
            return copy;
        })];
    }
}
