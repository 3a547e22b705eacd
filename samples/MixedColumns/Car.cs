using Microsoft.ML.Data;

namespace Samples.MixedColumns;

/// <summary>A row of cars.csv.</summary>
internal sealed class Car
{
    /// <summary>Displacement in cubic inches, horsepower, weight in pounds, seconds to 60 mph, year.</summary>
    [LoadColumn(0, 4)]
    [VectorType(5)]
    public float[] Measures { get; set; } = [];

    [LoadColumn(5)]
    public string Cylinders { get; set; } = string.Empty;

    [LoadColumn(6)]
    public string Origin { get; set; } = string.Empty;

    [LoadColumn(7)]
    public string Maker { get; set; } = string.Empty;

    /// <summary>Miles per gallon: what is learned.</summary>
    [LoadColumn(8)]
    public float Label { get; set; }
}
