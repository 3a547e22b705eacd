namespace Microsoft.ML.Data;

/// <summary>Running counts of a multiclass evaluation and the metrics drawn from them.</summary>
internal sealed class MulticlassCounts(int classes, int? topK)
{
    private const float Epsilon = (float)1e-15;

    private readonly double[] _rowsOfClass = new double[classes];
    private readonly double[] _logLossOfClass = new double[classes];
    private readonly double[] _seenRanks = new double[classes + 1];
    private double _logLoss, _rows, _correct;

    public double[][] Table { get; } = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];

    public double MicroAccuracy => _rows > 0 ? _correct / _rows : 0;

    /// <summary>The mean recall over the classes that occur among the labels.</summary>
    public double MacroAccuracy
    {
        get
        {
            double sum = 0;
            int present = 0;
            for (int c = 0; c < classes; c++)
            {
                if (_rowsOfClass[c] == 0)
                    continue;
                present++;
                sum += Table[c][c] / _rowsOfClass[c];
            }
            return present > 0 ? sum / present : 0;
        }
    }

    public double LogLoss => _rows > 0 ? _logLoss / _rows : 0;

    public double LogLossReduction
    {
        get
        {
            double entropy = 0;
            foreach (double n in _rowsOfClass)
            {
                if (n != 0)
                    entropy += n * Math.Log(n / _rows);
            }
            entropy /= -_rows;
            return (entropy - LogLoss) / entropy;
        }
    }

    public double[] PerClassLogLoss => [.. _logLossOfClass.Zip(_rowsOfClass, (loss, n) => n > 0 ? loss / n : 0)];

    /// <summary>Share of rows whose label is among the k best scores, for k = 1, 2, …</summary>
    public double[] TopKAccuracies
    {
        get
        {
            if (topK is not int k)
                return null;
            double sum = 0;
            double[] accuracies = [.. _seenRanks.Take(k).Select(n => sum += n / _rows)];
            // As in ML.NET, there is one rank more than classes, and asking beyond it is an error.
            return k <= accuracies.Length ? accuracies : throw new IndexOutOfRangeException();
        }
    }

    /// <summary>Adds a row; a label beyond the scores counts as wrong and as maximally surprising.</summary>
    public void Add(ReadOnlySpan<float> scores, int label)
    {
        bool known = label < classes;
        double loss = -Math.Log(known ? Math.Min(1, Math.Max(Epsilon, scores[label])) : Epsilon);
        float ofLabel = known ? scores[label] : 0;
        int rank = 0, assigned = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            // Equal scores rank in the order of the classes.
            if (scores[i] > ofLabel || (scores[i] == ofLabel && i < label))
                rank++;
            if (scores[assigned] < scores[i])
                assigned = i;
        }

        _rows++;
        _logLoss += loss;
        _seenRanks[rank]++;
        if (known)
        {
            _rowsOfClass[label]++;
            _logLossOfClass[label] += loss;
        }
        if (rank == 0)
        {
            _correct++;
            Table[label][label]++;
        }
        else if (known)
        {
            Table[label][assigned]++;
        }
    }
}
