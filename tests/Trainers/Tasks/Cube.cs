using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Tasks;

/// <summary>A cube of 2×2×2 numbers with labels that are vectors, each a function of the cube.</summary>
internal sealed class Cube
{
    [VectorType(2, 2, 2)]
    public float[] Features { get; set; } = [];

    /// <summary>Two numbers of very different scale.</summary>
    [VectorType(2)]
    public float[] Numbers { get; set; } = [];

    /// <summary>For each cell whether it is greater than the one across.</summary>
    [VectorType(2, 2, 2)]
    public bool[] Flags { get; set; } = [];

    /// <summary>The same as 0 and 1.</summary>
    [VectorType(2, 2, 2)]
    public float[] Bits { get; set; } = [];

    public float Number { get; set; }

    public bool Flag { get; set; }

    public float Weight { get; set; } = 1;

    public static List<Cube> Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] cells = [.. Enumerable.Range(0, 8).Select(_ => random.NextSingle())];
            bool[] flags = [.. cells.Select((cell, i) => cell > cells[7 - i])];
            var (first, second) = (cells[0] + cells[1] - cells[2], 1000 + (500 * cells[3] * cells[4]));
            return new Cube
            {
                Features = cells,
                Numbers = [first, second],
                Flags = flags,
                Bits = [.. flags.Select(flag => flag ? 1f : 0f)],
                Number = first,
                Flag = flags[0],
                Weight = 1 + random.Next(3),
            };
        })];
    }
}
