using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The steps of a run. One is: gradients (<see cref="Learner.Compute"/>) → judged by the guard → update (<see cref="Learner.Update"/>) or the guard's
/// reaction → callbacks.
/// </summary>
internal sealed class TrainingSteps : IDisposable
{
    private readonly NeuralNetworkOptions _options;
    private readonly Guard? _guard;
    private readonly RunObserver? _observer;
    private readonly IncidentLog _incidents;
    private readonly TrainingLog _log;
    private readonly BoundCallbacks _callbacks;
    private readonly Func<double, double, bool>? _watch;
    private readonly StepTrace _trace = new();
    private readonly RunRandom _random;
    private long _step;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="options">The options.</param>
    /// <param name="run">How long the run is.</param>
    /// <param name="rows">Rows of a step.</param>
    /// <param name="baseline">The loss of a network that knows nothing.</param>
    /// <param name="random">Dropout and gradient noise draw from it.</param>
    /// <param name="ranks">The processes that share the training.</param>
    /// <param name="log">Adds up the steps.</param>
    /// <param name="incidents">Notes what the guard finds, of a network with the given parameters.</param>
    /// <param name="callbacks">Told of each step.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public TrainingSteps(
        nn.Module<Tensor, Tensor> network,
        LearningTask task,
        NeuralNetworkOptions options,
        RunLength run,
        long rows,
        double baseline,
        RunRandom random,
        ICollective ranks,
        TrainingLog log,
        Func<ParameterSet, IncidentLog> incidents,
        BoundCallbacks callbacks,
        Func<double, double, bool>? watch)
    {
        _options = options;
        _log = log;
        _callbacks = callbacks;
        _watch = watch;
        _random = random;
        Learner = new Learner(network, task, options, run, random, ranks, log.Warn);
        Schedule = options.Optimizer.Rate.Bind(run);
        _incidents = incidents(Learner.Flat.All);
        _guard = options.Stability is { } policy ? new Guard(policy, baseline, run.Steps, rows, Learner) : null;
        _observer = options.DiagnosisEvery is { } every ? new RunObserver(network, task, Learner, ranks, every, baseline) : null;
    }

    public Learner Learner { get; }

    public BoundSchedule Schedule { get; }

    /// <summary>Steps so far.</summary>
    public long Count => _step;

    public bool IsGuarded => _guard is not null;

    /// <summary>How the run is to end; null while it goes on.</summary>
    public StopReason? Stop { get; private set; }

    /// <summary>Takes the state that the run starts from.</summary>
    public void Start() => _guard?.Start();

    /// <summary>Makes a step, and disposes its rows.</summary>
    public void Take(Batch[] microBatches, int epoch)
    {
        using var scope = NewDisposeScope();
        try
        {
            if (Learner.Unfreeze(epoch) is { Count: > 0 } layers)
            {
                _guard?.Unfrozen();
                _log.Unfrozen(epoch, layers);
            }

            Step(microBatches, epoch);
        }
        finally
        {
            Array.ForEach(microBatches, batch => batch.Dispose());
        }
    }

    /// <summary>Has the guard act on a validation loss that is not finite.</summary>
    public void Validated(double loss, int epoch)
    {
        if (_guard is not null && !double.IsFinite(loss))
        {
            React(new Fault(IncidentKind.NonFiniteValidation, loss, double.NaN, double.NaN), epoch, null, []);
        }
    }

    /// <summary>At the end of the run: has the guard go back where the last steps were bad.</summary>
    public void Finish(bool isFinite)
    {
        if (isFinite)
        {
            _guard?.Finish();
        }
        else
        {
            _guard?.GoBack();
        }
    }

    /// <summary>The result with what was seen on the way, and the verdict.</summary>
    public TrainingResult Complete(TrainingResult result)
    {
        Learner.CheckRanks(_step, isLast: true);
        _trace.Complete(Learner.UsedNorm.Take());
        result = result with { Incidents = _incidents.Incidents, RollBacks = _incidents.RollBacks, Spans = _trace.Spans };
        return _observer is null ? result : result with { Samples = _observer.Samples, Diagnosis = _log.Diagnosed(_observer.Judge(_options, result)) };
    }

    public void Exchange(RunState state)
    {
        state.Exchange("step", ref _step);
        _trace.Complete(Learner.UsedNorm.Take());
        _trace.Exchange(state.Under("trace"));
        Learner.Exchange(state.Under("learner"));
        Schedule.Exchange(state.Under("schedule"));
        _guard?.Exchange(state.Under("guard"));
        _incidents.Exchange(state.Under("incidents"));
        _observer?.Exchange(state.Under("observer"));
    }

    public void Dispose()
    {
        _observer?.Dispose();
        _guard?.Dispose();
        Learner.Dispose();
    }

    private double RateAt(long step) => Schedule.RateAt(step) * _callbacks.Run.RateScale * (_guard?.RateScale ?? 1);

    private void Step(Batch[] microBatches, int epoch)
    {
        _random.StartStep(_step);
        _callbacks.StepStarting(epoch, microBatches);
        var (loss, norm, metric) = Gradients(microBatches);
        _trace.Complete(Learner.UsedNorm.Take());
        using var _ = no_grad();
        var rate = RateAt(_step);
        _observer?.Computed(microBatches, _step, loss, norm, rate);
        var rows = microBatches.Sum(batch => batch.RowsOfAll);
        var fault = _guard?.Judge(loss, norm);
        var taken = fault is null && Learner.Update(microBatches, _step, rate, norm);
        if (taken)
        {
            _observer?.Updated(_step, loss, rate);
            _log.Add(rows, loss, norm, rate, metric);
            fault = _guard?.StepTaken(loss, norm, Learner.FirstNorm);
        }
        else
        {
            _log.AddSkipped(rows);
            fault ??= new Fault(IncidentKind.NonFiniteGradient, loss, norm, double.NaN);
        }

        _trace.Add(StepSpan.Of(_step, loss, norm, rate, skipped: !taken));
        if (fault is { } found && _guard is not null)
        {
            React(found, epoch, taken ? null : _observer?.Layer ?? _incidents.Worst(), taken ? [] : _incidents.Suspects(microBatches));
        }

        _step++;
        _callbacks.StepEnded(new StepRecord(_step, epoch, loss, norm, rate, !taken));
        Learner.CheckRanks(_step);
        if (_watch?.Invoke(rate, loss) == false)
        {
            Stop ??= StopReason.Ended(_step);
        }
    }

    private (double Loss, double Norm, Tensor Metric) Gradients(Batch[] microBatches)
    {
        using var watch = _observer?.Watch(_step);
        return Learner.Compute(microBatches);
    }

    private void React(Fault fault, int epoch, string? layer, IReadOnlyList<long> rows)
    {
        var reaction = _guard!.React(fault);
        var rate = Schedule.RateAt(_step + 1) * _callbacks.Run.RateScale * _guard.WarmRateScale;
        _incidents.Add(fault, reaction, _step, epoch, rate, layer, rows);
        if (reaction == GuardReaction.Stopped)
        {
            Stop = StopReason.Diverged(epoch, _step, _options.Stability!.MaxRollBacks);
        }
    }
}
