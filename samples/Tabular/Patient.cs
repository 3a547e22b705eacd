using Microsoft.ML.Data;

namespace Samples.Tabular;

/// <summary>One row of diabetes.csv: ten measures of a patient, and how far the disease went within a year.</summary>
internal sealed class Patient
{
    [LoadColumn(0, 9)]
    [VectorType(10)]
    public float[] Features { get; set; } = [];

    [LoadColumn(10)]
    public float Label { get; set; }
}
