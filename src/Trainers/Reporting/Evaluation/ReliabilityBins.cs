namespace MLNet.GradStability;

/// <summary>
/// How far confidence can be taken at its word: of the predictions made with a confidence within a bin, the share that was right. The expected calibration
/// error is Σ (nᵢ/n)·|shareᵢ − confidenceᵢ| over 15 bins of equal width (Guo et al. 2017, arXiv:1706.04599).
/// </summary>
internal sealed class ReliabilityBins
{
    public const int Count = 15;
    private readonly double[] _confidence = new double[Count];
    private readonly long[] _right = new long[Count];
    private readonly long[] _all = new long[Count];

    /// <summary>Takes in a prediction. NaN counts for nothing.</summary>
    /// <param name="confidence">From 0 to 1.</param>
    /// <param name="isRight">Whether it was right.</param>
    public void Add(double confidence, bool isRight)
    {
        if (double.IsNaN(confidence))
        {
            return;
        }

        // A bin holds its upper end, as in the paper: (i/15, (i+1)/15].
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Count) - 1, 0, Count - 1);
        _confidence[bin] += confidence;
        _right[bin] += isRight ? 1 : 0;
        _all[bin]++;
    }

    /// <summary>The expected calibration error; NaN without predictions.</summary>
    public double Error => _all.Sum() is var all && all == 0 ? double.NaN : Bins.Sum(bin => bin.Count * Math.Abs(bin.Share - bin.Confidence)) / all;

    /// <summary>The bins that hold predictions.</summary>
    public IEnumerable<(double Confidence, double Share, long Count)> Bins => Enumerable.Range(0, Count)
        .Where(i => _all[i] > 0)
        .Select(i => (_confidence[i] / _all[i], (double)_right[i] / _all[i], _all[i]));

    /// <summary>The reliability diagram.</summary>
    /// <param name="what">What the confidence is of.</param>
    public ScatterChart Chart(string what) => new()
    {
        Title = "Calibration",
        Description = $"{what} against how often it came true, in 15 bins as large as they hold predictions; on the dashed line it can be taken at its word. Expected calibration error {Figures.Number(Error)}.",
        X = new Axis("confidence") { From = 0, To = 1 },
        Y = new Axis("share that was right") { From = 0, To = 1 },
        Reference = [(0, 0), (1, 1)],
        Points = [.. Bins.Select(bin => new ScatterPoint(bin.Confidence, bin.Share, $"confidence {Figures.Number(bin.Confidence)}\nright {Figures.Percent(bin.Share)}\n{Figures.Count(bin.Count)} predictions", 2.5 + (9 * Math.Sqrt((double)bin.Count / _all.Sum()))))],
    };
}
