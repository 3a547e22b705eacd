using System.Text.Json.Serialization;
using Microsoft.ML.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Augmentation.Images"/>. What is drawn and what it means are those of <see cref="ImageAugmenter"/>, for all images of a batch at once.</summary>
[DescriptionKind("images")]
internal sealed record ImageAugmentation : Augmentation
{
    private const string Owner = "Augmentation.Images";
    private const string Layout = "[channels, height, width]";

    [JsonConstructor]
    public ImageAugmentation(
        IReadOnlyList<int> inputShape, double maxShift = 0.1, double maxRotation = 10, bool flipHorizontally = false, bool flipVertically = false, double noise = 0, double cutOut = 0)
    {
        InputShape = FeatureShape.Checked(inputShape, Owner, Layout);
        MaxShift = Require.Fraction(maxShift, Owner, nameof(maxShift), "It is a part of the image's side.");
        MaxRotation = Require.That(maxRotation is >= 0 and <= 180, maxRotation, Owner, nameof(maxRotation), "be 0 to 180 degrees", "180 turns every way.");
        FlipHorizontally = flipHorizontally;
        FlipVertically = flipVertically;
        Noise = Require.NotNegative(noise, Owner, nameof(noise), "To add no noise, leave it 0.");
        CutOut = Require.Fraction(cutOut, Owner, nameof(cutOut), "It is a part of the image's shorter side.");
        if (!Drawn.Alters)
        {
            throw new ArgumentOutOfRangeException(nameof(maxShift), $"{Owner}: something must be altered; got maxShift 0, maxRotation 0 and nothing else. To augment nothing, leave it out.");
        }
    }

    public IReadOnlyList<int> InputShape { get; }

    public double MaxShift { get; }

    public double MaxRotation { get; }

    public bool FlipHorizontally { get; }

    public bool FlipVertically { get; }

    public new double Noise { get; }

    public double CutOut { get; }

    private ImageSize Size => new(InputShape[0], InputShape[1], InputShape[2]);

    private AugmentImagesOptions Drawn => new()
    {
        MaxShift = MaxShift,
        MaxRotation = MaxRotation,
        FlipHorizontally = FlipHorizontally,
        FlipVertically = FlipVertically,
        NoiseDeviation = Noise,
        CutOut = CutOut,
    };

    internal override void Check(int numbers) => new FeatureShape(Owner, Layout, InputShape).Check(numbers, "the rows have");

    internal override Batch Apply(Batch batch, AugmentationStep step)
    {
        var drawn = Draw((int)batch.Rows, step.Random);
        var pixels = step.Scaling?.Undo(step.Numbers) ?? step.Numbers;
        pixels = Altered(pixels.reshape(batch.Rows, Size.Channels, Size.Height, Size.Width), drawn, step).flatten(1);
        step.Numbers.copy_(step.Scaling?.Apply(pixels) ?? pixels);
        return batch;
    }

    /// <summary>What is done to each of so many images.</summary>
    internal ImageAlteration[] Draw(int rows, Random random)
    {
        var (seed, size, options) = (random.Next(), Size, Drawn);
        var drawn = new ImageAlteration[rows];
        for (var row = 0; row < rows; row++)
        {
            var ofRow = new CopyRandom(seed, new DataViewRowId((ulong)row, 0), 0);
            drawn[row] = ImageAlteration.Draw(size, options, ref ofRow);
        }

        return drawn;
    }

    private Tensor Altered(Tensor images, ImageAlteration[] drawn, AugmentationStep step)
    {
        if (Drawn with { NoiseDeviation = 0, CutOut = 0 } is { Alters: true })
        {
            images = Warped(images, drawn);
        }

        if (Noise > 0)
        {
            images = images + step.Normal(images.shape, Noise);
        }

        return CutOut > 0 ? WithHoles(images, drawn) : images;
    }

    private Tensor Warped(Tensor images, ImageAlteration[] drawn)
    {
        const int numbers = 6;
        var maps = new float[drawn.Length * numbers];
        for (var row = 0; row < drawn.Length; row++)
        {
            drawn[row].Warp.WriteMap(maps.AsSpan(row * numbers, numbers), Size);
        }

        return F.grid_sample(images, F.affine_grid(tensor(maps).reshape(-1, 2, 3), images.shape, false), GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false);
    }

    private Tensor WithHoles(Tensor images, ImageAlteration[] drawn)
    {
        var side = ImageAlteration.HoleSide(Size, Drawn);
        var (rows, columns) = (In(drawn, hole => hole.HoleTop, side, Size.Height), In(drawn, hole => hole.HoleLeft, side, Size.Width));
        return images.masked_fill(rows.unsqueeze(2).logical_and(columns.unsqueeze(1)).unsqueeze(1), 0);
    }

    /// <summary>For each image which of its rows, or columns, lie in the hole, <c>[images, length]</c>.</summary>
    private static Tensor In(ImageAlteration[] drawn, Func<ImageAlteration, long> first, int side, int length)
    {
        var places = arange(0, length, ScalarType.Int64).unsqueeze(0) - tensor(Array.ConvertAll(drawn, hole => first(hole))).unsqueeze(1);
        return places.ge(0).logical_and(places.lt(side));
    }
}
