using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Augmentations;

/// <summary>Images altered batch by batch are those that AugmentImages makes one by one, whatever the scaling.</summary>
[Trait("Row", "R15")]
public sealed class ImageAugmentationTests
{
    private const int Rows = 12;

    private static Dictionary<string, ImageAugmentation> Kinds { get; } = new()
    {
        ["shift"] = new([2, 5, 7], 0.3, 0),
        ["rotation"] = new([2, 5, 7], 0, 180),
        ["flips"] = new([2, 5, 7], 0, 0, flipHorizontally: true, flipVertically: true),
        ["hole"] = new([2, 5, 7], 0, 0, cutOut: 0.5),
        ["all"] = new([2, 5, 7], 0.2, 40, flipHorizontally: true, flipVertically: true, cutOut: 0.3),
        ["one row of pixels"] = new([1, 1, 6], 0.3, 0, flipHorizontally: true),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_is_altered_as_images_are_one_by_one(string name)
    {
        using var scope = NewDisposeScope();
        var kind = Kinds[name];
        var pixels = Pixels(kind);
        var expected = OneByOne(kind, pixels);
        using var batch = NewBatch(pixels);

        Assert.Same(batch, kind.Apply(batch, new(batch.Features, null, new Random(4))));

        Support.AssertClose(expected, batch.Features.ToArray(), 2e-5);
        Assert.NotEqual(pixels.Select(pixel => (double)pixel), batch.Features.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_scaling_is_undone_before_and_done_again_after(bool smooth)
    {
        using var scope = NewDisposeScope();
        var kind = Kinds["all"];
        var pixels = Pixels(kind);
        var random = new Random(9);
        var width = pixels.Length / Rows;
        double[] scales = [.. Enumerable.Range(0, width).Select(i => i == 3 ? 0 : 0.5 + random.NextDouble())];
        for (var row = 0; row < Rows; row++)
        {
            // A pixel that never varies.
            pixels[(row * width) + 3] = 2;
        }

        double[] centers = [.. Enumerable.Range(0, width).Select(i => i == 3 ? 2 : random.NextDouble())];
        var scaling = new FeatureScaling(centers, scales, limit: 10, smooth);
        var expected = Array.ConvertAll(OneByOne(kind, pixels), number => (float)number);
        scaling.Apply(expected);
        scaling.Apply(pixels);
        using var batch = NewBatch(pixels);

        kind.Apply(batch, new(batch.Features, scaling, new Random(4)));

        Support.AssertClose([.. expected.Select(number => (double)number)], batch.Features.ToArray(), 5e-5);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Scaling_a_batch_is_scaling_its_rows_and_can_be_undone(double limit, bool smooth)
    {
        using var scope = NewDisposeScope();
        var scaling = new FeatureScaling([1, -2, 5], [2, 0.5, 0], limit, smooth);
        float[] rows = [1, -2, 5, 4, -1, 5, -3, -3, 5];
        var scaled = scaling.Apply(tensor(rows).reshape(3, 3));
        var expected = rows.ToArray();
        scaling.Apply(expected);

        Support.AssertClose([.. expected.Select(number => (double)number)], scaled.ToArray(), 1e-7);
        Support.AssertClose([.. rows.Select(number => (double)number)], scaling.Undo(scaled).ToArray(), 1e-5);
        Assert.All(scaling.Undo(full([1, 3], limit, ScalarType.Float32).clamp_max(1e30)).ToArray(), number => Assert.True(double.IsFinite(number)));
    }

    [Fact]
    public void Noise_has_the_stated_deviation_in_the_unit_of_the_pixels()
    {
        using var scope = NewDisposeScope();
        var scaling = new FeatureScaling([.. Enumerable.Repeat(1.0, 100)], [.. Enumerable.Repeat(4.0, 100)], double.PositiveInfinity, isSmooth: false);
        using var batch = new Batch(zeros(200, 100), zeros(200), null);

        new ImageAugmentation([1, 10, 10], 0, 0, noise: 2).Apply(batch, new(batch.Features, scaling, new Random(1)));

        Assert.InRange(batch.Features.ToArray().Average(), -0.01, 0.01);
        Assert.InRange(Math.Sqrt(batch.Features.ToArray().Average(value => value * value)), 0.49, 0.51);
    }

    private static double[] OneByOne(ImageAugmentation kind, float[] pixels)
    {
        var size = new ImageSize(kind.InputShape[0], kind.InputShape[1], kind.InputShape[2]);
        var options = new AugmentImagesOptions
        {
            MaxShift = kind.MaxShift,
            MaxRotation = kind.MaxRotation,
            FlipHorizontally = kind.FlipHorizontally,
            FlipVertically = kind.FlipVertically,
            CutOut = kind.CutOut,
        };
        var seed = new Random(4).Next();
        return [.. pixels.Chunk((int)size.Count).SelectMany((image, row) =>
        {
            var copy = new float[image.Length];
            new ImageAugmenter(size, options).Apply(image, copy, new(seed, new DataViewRowId((ulong)row, 0), 0));
            return copy;
        }).Select(value => (double)value)];
    }

    private static float[] Pixels(ImageAugmentation kind)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows * kind.InputShape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle() + 0.5f)];
    }

    private static Batch NewBatch(float[] pixels) => new(tensor(pixels).reshape(Rows, -1), zeros(Rows), null);
}
