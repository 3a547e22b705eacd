using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Evaluation;

/// <summary>A row of scored binary data, with labels of every allowed type.</summary>
internal sealed class BinaryRow
{
    public bool Label { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }

    public bool PredictedLabel { get; set; }

    public float SingleLabel { get; set; }

    public double DoubleLabel { get; set; }

    [KeyType(2)]
    public uint KeyLabel { get; set; }

    [KeyType(3)]
    public uint WideKeyLabel { get; set; }

    public string Text { get; set; } = "";

    public double DoubleScore { get; set; }
}
