namespace MLNet.GradStability;

/// <summary>What the guard knows of the good steps so far, and what it concludes from it. Plain numbers: it costs nothing beside a step.</summary>
/// <param name="policy">What to look for.</param>
/// <param name="baseline">The loss of a network that knows nothing but the labels' frequencies or mean.</param>
/// <param name="steps">Steps of the whole run.</param>
internal sealed class GuardStatistics(StabilityPolicy policy, double baseline, long steps)
{
    // Medians of fewer steps say little.
    private const int FewestSteps = 20;
    private const int RecentSteps = 30;
    private const int FirstSteps = 10;

    // A step may be bad luck up to here: rows differ.
    private const double UsualLossRatio = 2;
    private const double StartLossRatio = 100;

    // Shares of the loss of a network that knows nothing.
    private const double LessThanNothing = 1.03;
    private const double Nothing = 0.97;
    private const double Lost = 0.9;
    private const double Learned = 0.6;
    private const double Worse = 1.5;

    // A first layer whose share of the gradient is so much smaller than in the first steps is not trained any more.
    private const double Vanished = 0.03;
    private const double Undecided = 0.5;
    private readonly NormHistory _norms = new(policy.Window);
    private readonly NormHistory _losses = new(policy.Window);
    private readonly NormHistory _recentLosses = new(RecentSteps);
    private readonly NormHistory _recentShares = new(RecentSteps);
    private readonly List<double> _firstShares = [];
    private double _firstMedian;
    private double _firstLoss = double.NaN;
    private double _lowest = double.PositiveInfinity;
    private long _good;
    private long _sinceLowest;

    /// <summary>Median loss of the last steps; infinite before there are enough.</summary>
    public double Recent => _recentLosses.Count < RecentSteps ? double.PositiveInfinity : _recentLosses.Percentile(50);

    /// <summary>Whether the network, as it is, is worth going back to.</summary>
    public bool IsWorthKeeping => Recent < Nothing * baseline && Recent <= Math.Max(UsualLossRatio * _lowest, _lowest + (0.05 * baseline));

    /// <summary>Whether the last steps still have what the run had learned.</summary>
    public bool EndsWell => Recent <= Math.Max(UsualLossRatio * _lowest, baseline / 2);

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
            var most = StartLossRatio * Math.Max(baseline, double.IsNaN(_firstLoss) ? loss : _firstLoss);
            return loss > most ? new Fault(IncidentKind.LossSpike, loss, norm, most) : null;
        }

        var usual = _losses.Percentile(50);
        var normLimit = policy.SpikeFactor * Math.Max(_norms.Percentile(50), _firstMedian);
        if (norm > normLimit && loss > UsualLossRatio * usual)
        {
            return new Fault(IncidentKind.GradientSpike, loss, norm, normLimit);
        }

        var lossLimit = policy.SpikeFactor * Math.Max(usual, baseline);
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
        _recentShares.Add(share);
        _recentLosses.Add(loss);
        if (++_good == policy.Window)
        {
            _firstMedian = _norms.Percentile(50);
        }

        var recent = Recent;
        if (double.IsPositiveInfinity(recent))
        {
            return null;
        }

        _sinceLowest = recent < _lowest ? 0 : _sinceLowest + 1;
        _lowest = Math.Min(_lowest, recent);
        return Trend(recent, norm);
    }

    /// <summary>Forgets the last steps, which no longer tell of the network: it was put back to an earlier state.</summary>
    public void Restart()
    {
        _recentLosses.Clear();
        _recentShares.Clear();
        _sinceLowest = 0;
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
        state.Exchange("good", ref _good);
        state.Exchange("sinceLowest", ref _sinceLowest);
    }

    private Fault? Trend(double recent, double norm)
    {
        if (recent > Worse * baseline && recent > Worse * _lowest)
        {
            return new Fault(IncidentKind.LossRising, recent, norm, Worse * Math.Max(baseline, _lowest));
        }

        if (_lowest < Learned * baseline && recent > Lost * baseline && recent > UsualLossRatio * _lowest)
        {
            return new Fault(IncidentKind.Relapse, recent, norm, Math.Max(Lost * baseline, UsualLossRatio * _lowest));
        }

        var share = _recentShares.Percentile(50);
        var least = Vanished * Median(_firstShares);
        if (recent > Undecided * baseline && share < least)
        {
            return new Fault(IncidentKind.DeadNetwork, recent, share, least);
        }

        // At the loss of knowing nothing a network may be about to learn; above it, and no longer falling, it cannot be.
        return _lowest > LessThanNothing * baseline && _sinceLowest >= Math.Clamp(steps / 10, policy.Window, 10 * policy.Window)
            ? new Fault(IncidentKind.NotLearning, recent, norm, LessThanNothing * baseline)
            : null;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
