using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Counts of rows by true class (rows) and predicted class (columns).</summary>
public sealed class ConfusionMatrix
{
    internal ConfusionMatrix(double[][] counts, ReadOnlyMemory<char>[] classNames, bool isBinary)
    {
        NumberOfClasses = counts.Length;
        Counts = [.. counts.Select(row => (IReadOnlyList<double>)row.ToImmutableArray())];
        PerClassRecall = Share(counts.Select(row => row.Sum()));
        PerClassPrecision = Share(Enumerable.Range(0, counts.Length).Select(c => counts.Sum(row => row[c])));
        ClassNames = classNames;
        IsBinary = isBinary;

        ImmutableArray<double> Share(IEnumerable<double> sums) =>
            [.. sums.Select((sum, c) => sum > 0 ? counts[c][c] / sum : 0)];
    }

    /// <summary>Right predictions of a class over all predictions of it; 0 when there is none.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>Right predictions of a class over all its rows; 0 when there is none.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Counts[true class][predicted class].</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    /// <summary>Number of classes.</summary>
    public int NumberOfClasses { get; }

    internal IReadOnlyList<ReadOnlyMemory<char>> ClassNames { get; }

    internal bool IsBinary { get; }

    /// <summary>The matrix as a table of text with recall and precision.</summary>
    public string GetFormattedConfusionTable() => ConfusionTableText.Format(this);

    /// <summary>Rows of the actual class that were predicted as the given one.</summary>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        Check(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];

        void Check(int index, string name)
        {
            if (index < 0 || index >= NumberOfClasses)
                throw new ArgumentOutOfRangeException(name, "Invalid index. Should be non-negative, less than the number of classes.");
        }
    }
}
