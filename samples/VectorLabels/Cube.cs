using Microsoft.ML.Data;

namespace Samples.VectorLabels;

/// <summary>A cube of 2×2×2 numbers, and two labels that are vectors.</summary>
internal sealed class Cube
{
    /// <summary>Between 0 and 1.</summary>
    [VectorType(2, 2, 2)]
    public float[] Cells { get; set; } = [];

    /// <summary>Sum of the cells, and the largest of them.</summary>
    [VectorType(2)]
    public float[] Measures { get; set; } = [];

    /// <summary>For each cell whether it is greater than the one across.</summary>
    [VectorType(2, 2, 2)]
    public bool[] Greater { get; set; } = [];

    public static Cube Draw(Random random)
    {
        float[] cells = [.. Enumerable.Range(0, 8).Select(_ => random.NextSingle())];
        return new Cube { Cells = cells, Measures = [cells.Sum(), cells.Max()], Greater = [.. cells.Select((cell, i) => cell > cells[^(i + 1)])] };
    }
}
