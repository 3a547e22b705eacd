namespace Microsoft.ML.Data;

/// <summary>Metrics of scored binary data that need no probability.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryCounts counts, double areaUnderRoc, double areaUnderPrecisionRecall,
        ReadOnlyMemory<char>[] classNames)
    {
        AreaUnderRocCurve = areaUnderRoc;
        AreaUnderPrecisionRecallCurve = areaUnderPrecisionRecall;
        Accuracy = counts.Accuracy;
        PositivePrecision = counts.PositivePrecision;
        PositiveRecall = counts.PositiveRecall;
        NegativePrecision = counts.NegativePrecision;
        NegativeRecall = counts.NegativeRecall;
        F1Score = counts.F1;
        ConfusionMatrix = new ConfusionMatrix(counts.Table, classNames, isBinary: true);
    }

    /// <summary>P(positive scored above negative), ties counting one half.</summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>Share of rows predicted right, the threshold being score 0.</summary>
    public double Accuracy { get; }

    /// <summary>Share of true positives among the predicted positives.</summary>
    public double PositivePrecision { get; }

    /// <summary>Share of the positives that is predicted so.</summary>
    public double PositiveRecall { get; }

    /// <summary>Share of true negatives among the predicted negatives.</summary>
    public double NegativePrecision { get; }

    /// <summary>Share of the negatives that is predicted so.</summary>
    public double NegativeRecall { get; }

    /// <summary>Harmonic mean of positive precision and recall.</summary>
    public double F1Score { get; }

    /// <summary>Area under precision over recall, by the lower trapezoid estimator.</summary>
    public double AreaUnderPrecisionRecallCurve { get; }

    /// <summary>Counts by true and predicted class; the positive class comes first.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }
}
