using Microsoft.ML.Data;

namespace Samples.ConvNet;

/// <summary>The same, 28×28.</summary>
internal sealed class LargeDigit
{
    public const int Side = 28;
    private const int SmallSide = 8;

    [VectorType(Side * Side)]
    public float[] Pixels { get; set; } = [];

    public string Label { get; set; } = string.Empty;

    public static LargeDigit Of(Digit digit) => new() { Pixels = Enlarged(digit.Pixels), Label = digit.Label };

    /// <summary>Bilinear, with the centres of the corner pixels half a pixel from the edge as image programs have them; outside the edge the edge goes on.</summary>
    internal static float[] Enlarged(float[] pixels)
    {
        var large = new float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            var (top, bottom, down) = Between(y);
            for (var x = 0; x < Side; x++)
            {
                var (left, right, across) = Between(x);
                var above = Mix(pixels[(top * SmallSide) + left], pixels[(top * SmallSide) + right], across);
                var below = Mix(pixels[(bottom * SmallSide) + left], pixels[(bottom * SmallSide) + right], across);
                large[(y * Side) + x] = Mix(above, below, down);
            }
        }

        return large;
    }

    private static (int Before, int After, float Share) Between(int place)
    {
        var source = Math.Clamp(((place + 0.5f) * SmallSide / Side) - 0.5f, 0, SmallSide - 1);
        var before = (int)source;
        return (before, Math.Min(before + 1, SmallSide - 1), source - before);
    }

    private static float Mix(float from, float to, float share) => from + (share * (to - from));
}
