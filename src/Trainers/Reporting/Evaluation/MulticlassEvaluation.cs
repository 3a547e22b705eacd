namespace MLNet.GradStability;

/// <summary>Classes against predicted probabilities.</summary>
/// <param name="Name">What the rows are called.</param>
/// <param name="Classes">The classes.</param>
internal sealed record MulticlassEvaluation(string Name, IReadOnlyList<string> Classes) : EvaluationSection(Name)
{
    // A probability of 0 would make a single mistake infinite.
    private const double Least = 1e-15;
    private readonly ConfusionMatrix _confusion = new(Classes);
    private readonly ReliabilityBins _bins = new();
    private double _logLoss;
    private long _missing;

    public override bool IsEmpty => _confusion.Rows + _missing == 0;

    /// <summary>Takes in a row.</summary>
    /// <param name="actual">Its class, from 0; outside the classes when it is missing.</param>
    /// <param name="probabilities">One a class.</param>
    public void Add(long actual, ReadOnlySpan<float> probabilities)
    {
        var predicted = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            predicted = probabilities[i] > probabilities[predicted] ? i : predicted;
        }

        if (actual < 0 || actual >= probabilities.Length || float.IsNaN(probabilities[predicted]))
        {
            _missing++;
            return;
        }

        _confusion.Add((int)actual, predicted);
        _bins.Add(probabilities[predicted], predicted == actual);
        _logLoss -= Math.Log(Math.Max(Least, probabilities[(int)actual]));
    }

    protected override ConfusionMatrix Confusion => _confusion;

    protected override IEnumerable<Tile> Tiles =>
    [
        new("accuracy", Figures.Percent((double)_confusion.Right / _confusion.Rows), $"{Figures.Count(_confusion.Right)} of {Figures.Count(_confusion.Rows)} rows"),
        new("log-loss", Figures.Number(_logLoss / _confusion.Rows), "natural logarithm"),
        new("calibration error", Figures.Number(_bins.Error), "expected, 15 bins"),
        .. _missing > 0 ? [new("left out", Figures.Count(_missing), "rows without label or score")] : Array.Empty<Tile>(),
    ];

    protected override IReadOnlyList<Chart> Charts => [_bins.Chart("The probability of the predicted class")];
}
