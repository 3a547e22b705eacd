using Microsoft.ML.Data;

namespace Samples.Tabular;

/// <summary>One row of breast_cancer.csv: thirty measures of cell nuclei, and whether the tumour is malignant.</summary>
internal sealed class Tumour
{
    [LoadColumn(0, 29)]
    [VectorType(30)]
    public float[] Features { get; set; } = [];

    [LoadColumn(30)]
    public bool Label { get; set; }
}
