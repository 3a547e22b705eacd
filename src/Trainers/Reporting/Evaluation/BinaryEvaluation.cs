namespace MLNet.GradStability;

/// <summary>Truth values against log-odds and probabilities; of a vector label, all its values together.</summary>
/// <param name="Name">What the rows are called.</param>
/// <param name="What">What is counted: rows, or values of a vector label.</param>
internal sealed record BinaryEvaluation(string Name, string What) : EvaluationSection(Name)
{
    private readonly ConfusionMatrix _confusion = new(["no", "yes"]);
    private readonly ReliabilityBins _bins = new();
    private readonly RocCurve _roc = new();
    private long _missing;

    public override bool IsEmpty => _confusion.Rows + _missing == 0;

    /// <summary>Takes in a row, or a value of one.</summary>
    /// <param name="actual">The truth.</param>
    /// <param name="score">Above 0 for yes.</param>
    /// <param name="probability">Of yes; NaN when unknown.</param>
    public void Add(bool actual, float score, float probability)
    {
        if (float.IsNaN(score))
        {
            _missing++;
            return;
        }

        _confusion.Add(actual ? 1 : 0, score > 0 ? 1 : 0);
        _bins.Add(probability, actual);
        _roc.Add(score, actual);
    }

    protected override ConfusionMatrix Confusion => _confusion;

    protected override IEnumerable<Tile> Tiles
    {
        get
        {
            var (hits, falseAlarms, misses) = (_confusion.Count(1, 1), _confusion.Count(0, 1), _confusion.Count(1, 0));
            yield return new("accuracy", Figures.Percent((double)_confusion.Right / _confusion.Rows), $"{Figures.Count(_confusion.Right)} of {Figures.Count(_confusion.Rows)} {What}");
            yield return new("area under ROC", Figures.Number(_roc.Measure().Area));
            yield return new("precision", Figures.Percent((double)hits / (hits + falseAlarms)), "of those said yes");
            yield return new("recall", Figures.Percent((double)hits / (hits + misses)), "of those that are yes");
            yield return new("calibration error", Figures.Number(_bins.Error), "expected, 15 bins");
            if (_missing > 0)
            {
                yield return new("left out", Figures.Count(_missing), $"{What} without a score");
            }
        }
    }

    protected override IReadOnlyList<Chart> Charts => [_roc.Chart(), _bins.Chart("The probability of yes")];
}
