namespace Microsoft.ML.Data;

/// <summary>Running counts of a binary evaluation and the metrics drawn from them.</summary>
internal sealed class BinaryCounts
{
    private double _truePositives, _trueNegatives, _falsePositives, _falseNegatives;
    private double _logLossPositives, _logLossNegatives, _logLoss;

    public double[][] Table => [[_truePositives, _falseNegatives], [_falsePositives, _trueNegatives]];

    public double Accuracy => (_trueNegatives + _truePositives) / Total;
    public double PositiveRecall => Ratio(_truePositives, _falseNegatives);
    public double PositivePrecision => Ratio(_truePositives, _falsePositives);
    public double NegativeRecall => Ratio(_trueNegatives, _falsePositives);
    public double NegativePrecision => Ratio(_trueNegatives, _falseNegatives);

    public double F1
    {
        get
        {
            double sum = PositivePrecision + PositiveRecall;
            return sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;
        }
    }

    public double Entropy => EntropyOf((_truePositives + _falseNegatives) / Total);

    public double LogLoss
    {
        get
        {
            double rows = _logLossPositives + _logLossNegatives;
            return double.IsNaN(_logLoss) ? double.NaN : rows > 0 ? _logLoss / rows : 0;
        }
    }

    public double LogLossReduction
    {
        get
        {
            double rows = _logLossPositives + _logLossNegatives;
            if (rows == 0)
                return 0;
            double prior = EntropyOf(_logLossPositives / rows);
            return (prior - _logLoss / rows) / prior;
        }
    }

    private double Total => _truePositives + _trueNegatives + _falseNegatives + _falsePositives;

    /// <summary>Adds a row; a NaN probability means that there is none and makes the log-loss NaN.</summary>
    public void Add(float score, float probability, bool positive)
    {
        bool predicted = score > 0;
        if (positive)
            (predicted ? ref _truePositives : ref _falseNegatives)++;
        else
            (predicted ? ref _falsePositives : ref _trueNegatives)++;

        if (!float.IsNaN(probability))
            (positive ? ref _logLossPositives : ref _logLossNegatives)++;
        _logLoss += float.IsNaN(probability) ? double.NaN : -Math.Log(positive ? probability : 1.0 - probability, 2);
    }

    private static double Ratio(double hit, double missed) => hit + missed > 0 ? hit / (hit + missed) : 0;

    private static double EntropyOf(double p)
    {
        if (p < 0 || p > 1)
            return double.NaN;
        return p is 0 or 1 ? 0 : -p * Math.Log(p, 2) - (1 - p) * Math.Log(1 - p, 2);
    }
}
