using System.Text.Json;

namespace MLNet.GradStability.Tests.AugmentImages;

/// <summary>Flips, rotations and shifts against PyTorch's grid_sample.</summary>
[Trait("Row", "R15")]
public sealed class ImageWarpTests
{
    [Fact]
    public void Resampling_gives_what_PyTorch_gives()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Reference", "transforms", "warps.json");
        var cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        Assert.Equal(8, cases.Length);
        foreach (var (shape, image, warped, warp) in cases.Select(known =>
            (known.Shape, known.Image, known.Warped, new ImageWarp(known.FlipX, known.FlipY, known.Degrees, known.ShiftX, known.ShiftY))))
        {
            var found = new float[image.Length];
            warp.Apply(image, found, new(shape[0], shape[1], shape[2]));
            Assert.Equal(warped, found, (expected, actual) => Math.Abs(expected - actual) < 1e-6);
        }
    }

    [Fact]
    public void Whole_steps_are_exact_and_what_comes_in_is_zero()
    {
        float[] image = [1, 2, float.NaN, 4, 5, 6];
        var found = new float[6];
        new ImageWarp(false, false, 0, 0, 0).Apply(image, found, new(1, 2, 3));
        Assert.Equal(image, found);
        new ImageWarp(false, false, 0, 1, 0).Apply(image, found, new(1, 2, 3));
        Assert.Equal([0f, 1, 2, 0, 4, 5], found);
        new ImageWarp(true, true, 0, 0, 0).Apply(image, found, new(1, 2, 3));
        Assert.Equal([6f, 5, 4, float.NaN, 2, 1], found);
    }

    private sealed record Case(int[] Shape, bool FlipX, bool FlipY, double Degrees, double ShiftX, double ShiftY, float[] Image, float[] Warped);
}
