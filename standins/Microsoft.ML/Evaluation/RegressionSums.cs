namespace Microsoft.ML.Data;

/// <summary>Running sums of a regression evaluation and the metrics drawn from them.</summary>
internal sealed class RegressionSums
{
    private double _rows, _absolute, _squared, _loss, _label, _labelSquared;

    public double MeanAbsoluteError => Mean(_absolute);
    public double MeanSquaredError => Mean(_squared);
    public double RootMeanSquaredError => Math.Sqrt(Mean(_squared));
    public double LossFunction => Mean(_loss);

    /// <summary>NaN when the labels do not vary; 0 when there is no row.</summary>
    public double RSquared
    {
        get
        {
            if (_rows == 0)
                return 0;
            double total = _labelSquared - _label * _label / _rows;
            return total == 0 ? double.NaN : 1 - _squared / total;
        }
    }

    public void Add(float score, float label)
    {
        double error = Math.Abs((double)label - score);
        float difference = score - label;
        float labelSquared = label * label;
        float loss = difference * difference;
        _rows++;
        _label += label;
        _labelSquared += labelSquared;
        _absolute += error;
        _squared += error * error;
        _loss += loss;
    }

    private double Mean(double sum) => _rows > 0 ? sum / _rows : 0;
}
