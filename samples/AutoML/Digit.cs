using Microsoft.ML.Data;

namespace Samples.AutoML;

/// <summary>One row of digits.csv: an 8×8 image and what it shows.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63)]
    [VectorType(64)]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public string Label { get; set; } = string.Empty;
}
