namespace MLNet.GradStability;

/// <summary>Steps in a row whose loss or gradient norm stood out, or was not finite.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="LossBefore">Median loss of the steps before.</param>
/// <param name="NormBefore">Median gradient norm of the steps before.</param>
/// <param name="Rate">The learning rate of the first of them.</param>
internal sealed record Episode(long Start, double LossBefore, double NormBefore, double Rate)
{
    /// <summary>The layer in which it started; null when that is not known.</summary>
    public string? Layer { get; init; }

    /// <summary>The loss of the median row of the first step; NaN when that is not known.</summary>
    public double RowLoss { get; init; } = double.NaN;

    /// <summary>Rows of the first step whose losses are far above that.</summary>
    public IReadOnlyList<long> Suspects { get; init; } = [];

    /// <summary>Steps from the first to the last that stood out.</summary>
    public long Length { get; init; }

    /// <summary>The highest finite loss.</summary>
    public double PeakLoss { get; init; } = double.NegativeInfinity;

    /// <summary>The highest finite gradient norm.</summary>
    public double PeakNorm { get; init; } = double.NegativeInfinity;

    /// <summary>The step of the highest gradient norm.</summary>
    public long PeakStep { get; init; }

    /// <summary>How many were not finite.</summary>
    public int NonFinite { get; init; }

    /// <summary>The first loss; infinite when it was not finite.</summary>
    public double FirstLoss { get; init; } = double.NaN;

    /// <summary>The loss of the step after the first; NaN when there was none, infinite when it was not finite.</summary>
    public double NextLoss { get; init; } = double.NaN;

    /// <summary>Whether the steps after it were as before again.</summary>
    public bool IsOver { get; init; }

    public Episode With(long step, double loss, double norm, bool standsOut) => this with
    {
        Length = standsOut ? step - Start + 1 : Length,
        PeakLoss = double.IsFinite(loss) ? Math.Max(PeakLoss, loss) : PeakLoss,
        PeakStep = double.IsFinite(norm) && norm > PeakNorm ? step : PeakStep,
        PeakNorm = double.IsFinite(norm) ? Math.Max(PeakNorm, norm) : PeakNorm,
        NonFinite = NonFinite + (double.IsFinite(loss) && double.IsFinite(norm) ? 0 : 1),
        FirstLoss = step == Start ? Bounded(loss) : FirstLoss,
        NextLoss = step == Start + 1 ? Bounded(loss) : NextLoss,
    };

    private static double Bounded(double loss) => double.IsFinite(loss) ? loss : double.PositiveInfinity;
}
