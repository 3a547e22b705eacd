using Microsoft.ML.Data;

namespace Samples.Sequences;

/// <summary>One row of sunspots.csv.</summary>
internal sealed class Year
{
    [LoadColumn(0)]
    public float Number { get; set; }

    [LoadColumn(1)]
    public float Sunspots { get; set; }
}
