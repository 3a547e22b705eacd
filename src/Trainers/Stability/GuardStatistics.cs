namespace MLNet.GradStability;

/// <summary>What the guard knows of the good steps so far, and what it concludes from it. Plain numbers: it costs nothing beside a step.</summary>
internal sealed class GuardStatistics
{
    // Medians of fewer steps say little.
    private const int FewestSteps = 20;
    private const int FirstSteps = 10;

    // Rows whose mean loss tells how a training goes even where one row in a hundred makes most of the loss.
    private const int TrendRows = 2048;
    private const int FewestTrendSteps = 30;
    private const int MostTrendSteps = 500;

    // A step may be bad luck up to here: rows differ.
    private const double UsualLossRatio = 2;
    private const double StartLossRatio = 100;

    private const double Certainty = 4;

    // Large norms that come with one step in thirty or more are of the data.
    private const double Rare = 97;
    private const double RareRatio = 2;

    // Shares of the loss of a network that knows nothing.
    private const double Worse = 2;
    private const double LessThanNothing = 1.03;
    private const double Nothing = 0.97;
    private const double Lost = 0.9;
    private const double Undecided = 0.5;
    private const double Learned = 0.4;

    // A first layer whose share of the gradient is so much smaller than in the first steps is not trained any more.
    private const double Vanished = 0.03;
    private readonly StabilityPolicy _policy;
    private readonly double _baseline;
    private readonly long _patience;
    private readonly int _trendSteps;
    private readonly NormHistory _norms;
    private readonly NormHistory _losses;
    private readonly MovingMean _recentLosses;
    private readonly NormHistory _recentShares = new(FewestTrendSteps);
    private readonly List<double> _firstShares = [];
    private double _firstMedian;
    private double _firstLoss = double.NaN;
    private double _lowest = double.PositiveInfinity;
    private double _lowestForSure = double.PositiveInfinity;
    private long _good;
    private long _sinceLowest;
    private long _bad;

    /// <param name="policy">What to look for.</param>
    /// <param name="baseline">The loss of a network that knows nothing but the labels' frequencies or mean.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="rows">Rows of a step.</param>
    public GuardStatistics(StabilityPolicy policy, double baseline, long steps, long rows)
    {
        _policy = policy;
        _baseline = baseline;
        _norms = new(policy.Window);
        _losses = new(policy.Window);
        _trendSteps = (int)Math.Clamp(TrendRows / rows, FewestTrendSteps, MostTrendSteps);
        _patience = Math.Clamp(steps / 10, Math.Max(policy.Window, _trendSteps), 10L * policy.Window);
        _recentLosses = new(_trendSteps);
    }

    /// <summary>Mean loss of the last steps; infinite before there are enough.</summary>
    public double Recent => _recentLosses.IsFull ? _recentLosses.Mean : double.PositiveInfinity;

    /// <summary>Whether the network, as it is, is worth going back to.</summary>
    public bool IsWorthKeeping => Recent < Nothing * _baseline && Recent <= Math.Max(UsualLossRatio * _lowest, _lowest + (0.05 * _baseline));

    /// <summary>Whether the last steps still have what the run had learned.</summary>
    public bool EndsWell => Recent <= Math.Max(UsualLossRatio * _lowest, Undecided * _baseline);

    /// <summary>What is wrong with a step, before its update.</summary>
    public Fault? Judge(double loss, double norm)
    {
        if (!double.IsFinite(loss))
        {
            return new Fault(IncidentKind.NonFiniteLoss, loss, norm, double.NaN);
        }

        if (!double.IsFinite(norm))
        {
            return new Fault(IncidentKind.NonFiniteGradient, loss, norm, double.NaN);
        }

        if (_good < FewestSteps)
        {
            var most = StartLossRatio * Math.Max(_baseline, double.IsNaN(_firstLoss) ? loss : _firstLoss);
            return loss > most ? new Fault(IncidentKind.LossSpike, loss, norm, most) : null;
        }

        var usual = _losses.Percentile(50);
        var normLimit = Math.Max(_policy.SpikeFactor * Math.Max(_norms.Percentile(50), _firstMedian), RareRatio * _norms.Percentile(Rare));
        if (norm > normLimit && loss > UsualLossRatio * usual)
        {
            return new Fault(IncidentKind.GradientSpike, loss, norm, normLimit);
        }

        var lossLimit = Math.Max(_policy.SpikeFactor * Math.Max(usual, _baseline), RareRatio * _losses.Percentile(Rare));
        return loss > lossLimit ? new Fault(IncidentKind.LossSpike, loss, norm, lossLimit) : null;
    }

    /// <summary>Takes in a good step; says what the last steps together show.</summary>
    public Fault? Add(double loss, double norm, double firstNorm)
    {
        if (double.IsNaN(_firstLoss))
        {
            _firstLoss = loss;
        }

        var share = norm > 0 ? firstNorm / norm : 0;
        if (_firstShares.Count < FirstSteps)
        {
            _firstShares.Add(share);
        }

        _norms.Add(norm);
        _losses.Add(loss);
        if (loss > Undecided * _baseline)
        {
            // Rows that are learned have no gradient, wherever it would go.
            _recentShares.Add(share);
        }

        _recentLosses.Add(Math.Min(loss, _policy.SpikeFactor * _baseline));
        if (++_good == _policy.Window)
        {
            _firstMedian = _norms.Percentile(50);
        }

        var recent = Recent;
        if (double.IsPositiveInfinity(recent))
        {
            return null;
        }

        _sinceLowest++;
        if (recent < _lowest)
        {
            (_lowest, _lowestForSure, _sinceLowest) = (recent, recent + (Certainty * _recentLosses.Error), 0);
        }

        var fault = Trend(recent, norm);
        _bad = fault is null ? 0 : _bad + 1;
        return _bad > _trendSteps / 2 ? fault : null;
    }

    /// <summary>Takes in a spike that was skipped, as large as it might have been: what comes again and again is no spike.</summary>
    public void AddSkipped(Fault spike)
    {
        _norms.Add(Math.Min(spike.Norm, spike.Kind == IncidentKind.GradientSpike ? spike.Limit : spike.Norm));
        _losses.Add(Math.Min(spike.Loss, spike.Kind == IncidentKind.LossSpike ? spike.Limit : spike.Loss));
    }

    /// <summary>Forgets the last steps, which no longer tell of the network: it was put back to an earlier state.</summary>
    public void Restart()
    {
        _recentLosses.Clear();
        _recentShares.Clear();
        (_sinceLowest, _bad) = (0, 0);
    }

    /// <summary>Forgets what changes when more layers are trained: the shares of the gradient that the first of them has.</summary>
    public void Unfrozen()
    {
        Restart();
        _firstShares.Clear();
    }

    public void Exchange(RunState state)
    {
        _norms.Exchange(state.Under("norms"));
        _losses.Exchange(state.Under("losses"));
        _recentLosses.Exchange(state.Under("recentLosses"));
        _recentShares.Exchange(state.Under("recentShares"));
        state.Exchange("firstShares", _firstShares);
        state.Exchange("firstMedian", ref _firstMedian);
        state.Exchange("firstLoss", ref _firstLoss);
        state.Exchange("lowest", ref _lowest);
        state.Exchange("lowestForSure", ref _lowestForSure);
        state.Exchange("good", ref _good);
        state.Exchange("sinceLowest", ref _sinceLowest);
        state.Exchange("bad", ref _bad);
    }

    private Fault? Trend(double recent, double norm)
    {
        // Batches differ, and the lowest mean is the luckiest: a rise must be beyond that.
        var surely = recent - (Certainty * _recentLosses.Error);
        if (surely > Worse * _baseline && surely > Worse * _lowestForSure)
        {
            return new Fault(IncidentKind.LossRising, recent, norm, Worse * Math.Max(_baseline, _lowestForSure));
        }

        if (_lowestForSure < Learned * _baseline && recent > Lost * _baseline && surely > UsualLossRatio * _lowestForSure)
        {
            return new Fault(IncidentKind.Relapse, recent, norm, Math.Max(Lost * _baseline, UsualLossRatio * _lowestForSure));
        }

        var least = Vanished * _firstShares.Order().ElementAt(_firstShares.Count / 2);
        if (recent > Undecided * _baseline && _recentShares.Count == FewestTrendSteps && _recentShares.Percentile(50) is var share && share < least)
        {
            return new Fault(IncidentKind.DeadNetwork, recent, share, least);
        }

        // At the loss of knowing nothing a network may be about to learn; above it, and no longer falling, it cannot be.
        return _lowest > LessThanNothing * _baseline && _sinceLowest >= _patience
            ? new Fault(IncidentKind.NotLearning, recent, norm, LessThanNothing * _baseline)
            : null;
    }
}
