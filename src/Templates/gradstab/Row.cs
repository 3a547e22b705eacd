using Microsoft.ML.Data;

namespace GradStabApp;

/// <summary>A row of the CSV file: four numbers, then the class. Change it to what yours holds.</summary>
public sealed class Row
{
    [LoadColumn(0, 3)]
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(4)]
    public string Class { get; set; } = string.Empty;
}

/// <summary>What the model says of a row.</summary>
public sealed class Prediction
{
    public string PredictedLabel { get; set; } = string.Empty;

    public float[] Score { get; set; } = [];
}
