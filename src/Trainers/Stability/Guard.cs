namespace MLNet.GradStability;

/// <summary>A <see cref="StabilityPolicy"/> at work in one fit: judges steps, decides what is done, keeps the snapshots to go back to.</summary>
internal sealed class Guard : IDisposable
{
    // Going back and trying again finds out whether the data can be learned; more often would only waste time.
    private const int MostRestarts = 4;

    // After a roll-back the rate rises anew: the optimiser's averages may be those of the first step.
    private const double WarmupSteps = 20;

    // Spikes that come singly but often are of a rate too high: each counts 1 and is forgotten by a fiftieth a step.
    private const double Forgetting = 0.98;
    private const double MostTrouble = 3.5;

    // Running statistics are small, and must not be old when a step is skipped at the end of a run.
    private const int RunningEvery = 10;
    private readonly StabilityPolicy _policy;
    private readonly GuardStatistics _statistics;
    private readonly Action<RunState> _exchange;
    private readonly Action<RunState> _exchangeStatistics;
    private readonly StateSnapshot _running = new();
    private StateSnapshot _newer = new();
    private StateSnapshot _older = new();
    private double _rateScale = 1;
    private double _trouble;
    private bool _warm = true;
    private int _badSteps;
    private int _rollBacksInARow;
    private int _restarts;
    private long _goodSteps;

    /// <param name="policy">What to do.</param>
    /// <param name="baseline">The loss of a network that knows nothing.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="rows">Rows of a step.</param>
    /// <param name="learner">What is guarded.</param>
    public Guard(StabilityPolicy policy, double baseline, long steps, long rows, Learner learner)
    {
        _policy = policy;
        _statistics = new GuardStatistics(policy, baseline, steps, rows);
        _exchange = state =>
        {
            learner.Exchange(state);
            _statistics.Exchange(state.Under("statistics"));
        };
        _exchangeStatistics = learner.ExchangeStatistics;
    }

    /// <summary>Factor on every rate of the schedule, as the roll-backs have left it.</summary>
    public double WarmRateScale => _rateScale;

    /// <summary>The same while the rate still rises after a roll-back.</summary>
    public double RateScale => _warm ? _rateScale : _rateScale * Math.Min(1, (_goodSteps + 1) / WarmupSteps);

    /// <summary>Keeps the state that the training starts from.</summary>
    public void Start()
    {
        _running.Capture(_exchangeStatistics);
        _older.Capture(_exchange);
        _newer.Capture(_exchange);
    }

    /// <summary>What is wrong with a step, before its update; null for nothing.</summary>
    public Fault? Judge(double loss, double norm) => _statistics.Judge(loss, norm);

    /// <summary>Takes in a step that was done: its loss, its gradient norm and that of the first layer. What they and the last steps' show, null for nothing wrong.</summary>
    public Fault? StepTaken(double loss, double norm, double firstNorm)
    {
        _badSteps = 0;
        _trouble *= Forgetting;
        _goodSteps++;
        if (_goodSteps == 10L * _policy.Window)
        {
            _rollBacksInARow = 0;
        }

        if (_statistics.Add(loss, norm, firstNorm) is { } fault)
        {
            return fault.MayBeTheData && _restarts == MostRestarts ? null : fault;
        }

        if (_goodSteps % RunningEvery == 0)
        {
            _running.Capture(_exchangeStatistics);
        }

        // The loss of this step was of the weights before it: they are proved good, and one step cannot change much.
        if (_goodSteps % _policy.SnapshotEvery == 0 && _statistics.IsWorthKeeping)
        {
            (_older, _newer) = (_newer, _older);
            _newer.Capture(_exchange);
        }

        return null;
    }

    /// <summary>Decides, and goes back where that is the decision.</summary>
    public GuardReaction React(Fault fault)
    {
        _trouble += fault.IsSpike ? 1 : 0;
        if (fault.IsOfOneStep && ++_badSteps < _policy.BadSteps && _trouble < MostTrouble)
        {
            if (fault.IsSpike)
            {
                // The rows went through the network all the same; what is not finite its layers keep out themselves.
                _running.Restore(_exchangeStatistics);
                _statistics.AddSkipped(fault);
            }

            return GuardReaction.Skipped;
        }

        if (fault.MayBeTheData)
        {
            _restarts++;
        }
        else if (++_rollBacksInARow > _policy.MaxRollBacks)
        {
            GoBack(_older);
            return GuardReaction.Stopped;
        }

        // What led to the fault may have begun before the newer snapshot.
        var again = fault.MayBeTheData ? _restarts : _rollBacksInARow;
        GoBack(again > 1 || !fault.IsOfOneStep ? _older : _newer);
        _rateScale *= Math.Pow(_policy.RateFactor, fault.IsOfOneStep ? again : again + 1);
        return GuardReaction.RolledBack;
    }

    /// <summary>More layers are trained from here on.</summary>
    public void Unfrozen() => _statistics.Unfrozen();

    /// <summary>At the end of the run: goes back where the last steps had lost what was there.</summary>
    public void Finish()
    {
        if (double.IsFinite(_statistics.Recent) && !_statistics.EndsWell)
        {
            GoBack();
        }
    }

    /// <summary>Goes back to where the network was finite for sure.</summary>
    public void GoBack() => GoBack(_older);

    public void Exchange(RunState state)
    {
        state.Exchange("rateScale", ref _rateScale);
        state.Exchange("trouble", ref _trouble);
        state.Exchange("warm", ref _warm);
        state.Exchange("badSteps", ref _badSteps);
        state.Exchange("rollBacksInARow", ref _rollBacksInARow);
        state.Exchange("restarts", ref _restarts);
        state.Exchange("goodSteps", ref _goodSteps);
        _statistics.Exchange(state.Under("statistics"));
        state.Exchange("running", _running);
        state.Exchange("older", _older);
        state.Exchange("newer", _newer);
    }

    public void Dispose()
    {
        _running.Dispose();
        _newer.Dispose();
        _older.Dispose();
    }

    private void GoBack(StateSnapshot to)
    {
        to.Restore(_exchange);
        _statistics.Restart();
        (_badSteps, _trouble, _goodSteps, _warm) = (0, 0, 0, false);
    }
}
