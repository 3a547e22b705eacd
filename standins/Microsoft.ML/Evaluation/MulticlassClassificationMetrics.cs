using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Metrics of scored multiclass data.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounts counts, int topKPredictionCount, ReadOnlyMemory<char>[] classNames)
    {
        MicroAccuracy = counts.MicroAccuracy;
        MacroAccuracy = counts.MacroAccuracy;
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        PerClassLogLoss = counts.PerClassLogLoss.ToImmutableArray();
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = counts.TopKAccuracies?.ToImmutableArray();
        ConfusionMatrix = new ConfusionMatrix(counts.Table, classNames, isBinary: false);
    }

    /// <summary>Mean of −ln p(label), p clamped to [1e-15, 1].</summary>
    public double LogLoss { get; }

    /// <summary>(prior log-loss − <see cref="LogLoss"/>) / prior log-loss.</summary>
    public double LogLossReduction { get; }

    /// <summary>Mean recall over the classes that occur.</summary>
    public double MacroAccuracy { get; }

    /// <summary>Share of rows predicted right.</summary>
    public double MicroAccuracy { get; }

    /// <summary>Share of rows whose label is among the <see cref="TopKPredictionCount"/> best scores; 0 when not asked for.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK?.LastOrDefault() ?? 0;

    /// <summary>The k that was asked for, or 0.</summary>
    public int TopKPredictionCount { get; }

    /// <summary>Top-k accuracy for k = 1, 2, …; null when not asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    /// <summary>Mean log-loss of the rows of each class; 0 for a class without rows.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; }

    /// <summary>Counts by true and predicted class.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }
}
