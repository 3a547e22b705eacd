namespace Microsoft.ML.Data;

/// <summary>Metrics of scored binary data with probabilities; the logarithms are to base 2.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryCounts counts, double areaUnderRoc, double areaUnderPrecisionRecall,
        ReadOnlyMemory<char>[] classNames)
        : base(counts, areaUnderRoc, areaUnderPrecisionRecall, classNames)
    {
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        Entropy = counts.Entropy;
    }

    /// <summary>Mean of −log2 p(label), not clamped; NaN when a probability is NaN.</summary>
    public double LogLoss { get; }

    /// <summary>(prior log-loss − <see cref="LogLoss"/>) / prior log-loss.</summary>
    public double LogLossReduction { get; }

    /// <summary>Entropy of the labels in bits.</summary>
    public double Entropy { get; }
}
