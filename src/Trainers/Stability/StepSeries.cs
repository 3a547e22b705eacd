namespace MLNet.GradStability;

/// <summary>Loss and gradient norm of every step of a run, in bounded memory: as the episodes in which they stood out.</summary>
/// <param name="baseline">The loss of the best constant prediction; NaN when unknown.</param>
internal sealed class StepSeries(double baseline = double.NaN)
{
    private const int MostEpisodes = 64;

    // The window and the factor of the guard.
    private const int Window = 100;
    private const double Growth = 10;

    // A loss below this share of the baseline is no trouble, however much it has grown.
    private const double BaselineShare = 0.8;

    // The first norms and losses, for a scale of what is large.
    private const int FirstSteps = 10;

    // So many steps in a row as before end an episode.
    private const int CalmSteps = 3;
    private readonly NormHistory _losses = new(Window);
    private readonly NormHistory _norms = new(Window);
    private List<Episode> _episodes = [];
    private long _steps;
    private double _firstLoss = double.NaN;
    private double _firstNorm = double.NaN;
    private int _calm;
    private Episode? _open;

    /// <summary>The episodes in order, the last of which may not be over; of many the worst.</summary>
    public IReadOnlyList<Episode> Episodes => _open is null ? _episodes : [.. _episodes, _open];

    public long Steps => _steps;

    /// <summary>Median loss of the first steps; NaN before the first finite one.</summary>
    public double FirstLoss => _firstLoss;

    /// <summary>The layer in which the present episode started; null when there is none, or it is not known.</summary>
    public string? Layer => _open?.Layer;

    /// <summary>Takes one step in, finite or not.</summary>
    /// <returns>Whether an episode begins with it.</returns>
    public bool Add(long step, double loss, double norm, double rate)
    {
        _steps++;
        var standsOut = StandsOut(loss, norm);
        var begins = _open is null && standsOut;
        if (begins)
        {
            _open = new Episode(step, Median(_losses), Median(_norms), rate);
        }

        if (_open is null)
        {
            AddCalm(loss, norm);
            return false;
        }

        _open = _open.With(step, loss, norm, standsOut);
        _calm = standsOut ? 0 : _calm + 1;
        if (_calm == CalmSteps)
        {
            Close(_open with { IsOver = true });
        }

        return begins;
    }

    /// <summary>Takes in what a look at the first step of the present episode has shown.</summary>
    /// <param name="layer">The layer where it starts.</param>
    /// <param name="rowLoss">The loss of the median row of the step; it need not be finite.</param>
    /// <param name="suspects">The rows of the step whose losses are far above it.</param>
    public void Explain(string? layer, double rowLoss, IReadOnlyList<long> suspects) =>
        _open = _open! with { Layer = layer, RowLoss = rowLoss, Suspects = suspects };

    public void Exchange(RunState state)
    {
        _losses.Exchange(state.Under("losses"));
        _norms.Exchange(state.Under("norms"));
        state.ExchangeJson("episodes", ref _episodes);
        state.ExchangeJson("open", ref _open);
        state.Exchange("steps", ref _steps);
        state.Exchange("firstLoss", ref _firstLoss);
        state.Exchange("firstNorm", ref _firstNorm);
        state.Exchange("calm", ref _calm);
    }

    private bool StandsOut(double loss, double norm) =>
        !double.IsFinite(loss)
        || !double.IsFinite(norm)
        || (loss > Growth * Median(_losses) && loss > BaselineShare * (double.IsNaN(baseline) ? _firstLoss : baseline))
        || norm > Growth * Math.Max(Median(_norms), _firstNorm);

    private static double Median(NormHistory numbers) => numbers.Count == 0 ? double.NaN : numbers.Percentile(50);

    private void AddCalm(double loss, double norm)
    {
        _losses.Add(loss);
        _norms.Add(norm);
        if (_losses.Count <= FirstSteps)
        {
            (_firstLoss, _firstNorm) = (Median(_losses), Median(_norms));
        }
    }

    private void Close(Episode episode)
    {
        _open = null;
        _calm = 0;
        _episodes.Add(episode);
        if (_episodes.Count > MostEpisodes)
        {
            _episodes.Remove(_episodes.MinBy(each => each.NonFinite > 0 ? double.PositiveInfinity : each.PeakLoss)!);
        }
    }
}
