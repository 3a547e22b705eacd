using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The training itself, written once: epochs of steps. A step is: gradients (<see cref="Learner.Compute"/>) → judged by the guard → update
/// (<see cref="Learner.Update"/>) or reaction → callbacks.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly LearningTask _task;
    private readonly BatchSource _source;
    private readonly Evaluator _training;
    private readonly Evaluator? _validation;
    private readonly BoundCheckpointing? _checkpoints;
    private readonly NeuralNetworkOptions _options;
    private readonly RunSeed _seed;
    private readonly Learner _learner;
    private readonly BoundSchedule _schedule;
    private readonly BoundCallbacks _callbacks;
    private readonly BoundEarlyStopping? _earlyStopping;
    private readonly BestValue _bestLoss = new(higherIsBetter: false, minDelta: 0);
    private readonly BestNetwork _best;
    private readonly BestNetwork? _finite;
    private readonly Guard? _guard;
    private readonly IncidentLog _incidents;
    private readonly RunObserver? _observer;
    private readonly TrainingLog _log;
    private readonly Func<double, double, bool>? _watch;
    private readonly RunLength _run;
    private int _epoch;
    private long _step;
    private long _stepOfEpoch;
    private StopReason? _stop;
    private StopReason? _ended;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">Orders the rows.</param>
    /// <param name="random">Dropout and gradient noise draw from it.</param>
    /// <param name="log">Receives a line an epoch, and warnings.</param>
    /// <param name="training">Measures the network on all training rows.</param>
    /// <param name="validation">Measures it on the validation rows; null when there are none.</param>
    /// <param name="checkpoints">Writes checkpoints, and knows which to go on from; null when there are none.</param>
    /// <param name="start">What was wrong with the first weights; null when nothing was.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public TrainingLoop(
        nn.Module<Tensor, Tensor> network,
        LearningTask task,
        BatchSource source,
        NeuralNetworkOptions options,
        RunSeed seed,
        Generator random,
        RunLog log,
        Evaluator training,
        Evaluator? validation,
        BoundCheckpointing? checkpoints = null,
        Incident? start = null,
        Func<double, double, bool>? watch = null)
    {
        _network = network;
        _task = task;
        _source = source;
        _training = training;
        _validation = validation;
        _checkpoints = checkpoints;
        _options = options;
        _seed = seed;
        _watch = watch;
        var run = RunLength.Of(options, source.BatchesPerEpoch);
        _run = run;
        _learner = new Learner(network, task, options, run, random);
        _schedule = options.Optimizer.Rate.Bind(run);
        _log = new TrainingLog(options, task, source.Rows, run, log);
        _incidents = new IncidentLog(network, task, _learner.Flat.All, log.Warning, start);
        _best = new BestNetwork(_learner.ExchangeNetwork);
        var baseline = Baseline.Loss(source, task, seed);
        var rowsOfStep = Math.Min(source.Rows, (long)options.BatchSize * options.AccumulationSteps);
        _guard = options.Stability is { } policy ? new Guard(policy, baseline, run.Steps, rowsOfStep, _learner) : null;
        _observer = options.DiagnosisEvery is { } every ? new RunObserver(network, task, _learner, every, baseline) : null;
        _finite = _guard is null ? new BestNetwork(_learner.ExchangeNetwork) : null;
        _earlyStopping = options.EarlyStopping?.Bind(task.MetricName, task.HigherMetricIsBetter);
        _callbacks = new BoundCallbacks(options.Callbacks, new CallbackScope(
            network, task.MetricName, task.HigherMetricIsBetter, validation is not null, run.StepsPerEpoch, run.Epochs, source.Rows, options, log.Info, log.Warning));
    }

    public TrainingResult Run()
    {
        _callbacks.Bind();
        _network.train();
        LayerRules.KeepFrozenLayers(_network);
        if (_checkpoints?.Resume(Exchange) != true)
        {
            _guard?.Start();
            _finite?.Keep();
            EvaluateStart();
        }

        if (_ended is null)
        {
            RunEpochs();
            Finish();
        }

        _network.eval();
        using var _ = no_grad();
        var result = Diagnosed(_log.Result(_ended!, _seed.Value, _incidents, _validation?.Evaluate()));
        _callbacks.TrainingEnded(result);
        return result;
    }

    /// <summary>Writes or reads the whole run, between two steps or after the last one.</summary>
    public void Exchange(RunState state)
    {
        state.Exchange("epoch", ref _epoch);
        state.Exchange("step", ref _step);
        state.Exchange("stepOfEpoch", ref _stepOfEpoch);
        state.ExchangeJson("ended", ref _ended);
        _learner.Exchange(state.Under("learner"));
        _schedule.Exchange(state.Under("schedule"));
        _guard?.Exchange(state.Under("guard"));
        _incidents.Exchange(state.Under("incidents"));
        _earlyStopping?.Exchange(state.Under("earlyStopping"));
        _bestLoss.Exchange(state.Under("bestLoss"));
        _best.Exchange(state.Under("best"));
        _finite?.Exchange(state.Under("finite"));
        _callbacks.Exchange(state.Under("callbacks"));
        _log.Exchange(state.Under("log"));
        _observer?.Exchange(state.Under("observer"));
    }

    public void Dispose()
    {
        _callbacks.Dispose();
        _log.Dispose();
        _observer?.Dispose();
        _guard?.Dispose();
        _best.Dispose();
        _finite?.Dispose();
        _learner.Dispose();
    }

    private double RateFactor => _callbacks.Run.RateScale * (_guard?.RateScale ?? 1);

    private void RunEpochs()
    {
        while (_stop is null && (_epoch < _run.Epochs || _stepOfEpoch > 0))
        {
            if (_stepOfEpoch == 0)
            {
                _epoch++;
                _log.StartEpoch(_epoch);
            }

            RunEpoch();
            if (_stop is null)
            {
                EndEpoch();
            }
        }
    }

    private void RunEpoch()
    {
        foreach (var microBatches in _source.Epoch(_epoch, _seed, _task, _stepOfEpoch * _options.AccumulationSteps).Chunk(_options.AccumulationSteps))
        {
            StepAndDispose(microBatches);
            _stop ??= _callbacks.Run.Stopping;
            if (_options.CancellationToken.IsCancellationRequested)
            {
                _stop ??= StopReason.Cancelled(_epoch, _step, _earlyStopping?.BestEpoch ?? (_validation is null ? 0 : _bestLoss.Epoch));
            }

            if (_stop is not null)
            {
                return;
            }

            if (_stepOfEpoch < _run.StepsPerEpoch)
            {
                _checkpoints?.StepEnded(_step, _epoch, Exchange);
            }
        }
    }

    private void StepAndDispose(Batch[] microBatches)
    {
        using var scope = NewDisposeScope();
        try
        {
            Step(microBatches);
        }
        finally
        {
            Array.ForEach(microBatches, batch => batch.Dispose());
        }
    }

    private void Step(Batch[] microBatches)
    {
        _callbacks.StepStarting(_epoch, microBatches);
        var (loss, norm, metric) = Gradients(microBatches);
        using var _ = no_grad();
        var rate = _schedule.RateAt(_step) * RateFactor;
        _observer?.Computed(microBatches, _step, loss, norm, rate);
        var rows = microBatches.Sum(batch => batch.Rows);
        var fault = _guard?.Judge(loss, norm);
        var taken = fault is null && _learner.Update(microBatches, _step, rate, norm);
        if (taken)
        {
            _observer?.Updated(_step, loss, rate);
            _log.Add(rows, loss, norm, rate, metric);
            fault = _guard?.StepTaken(loss, norm, _learner.FirstNorm);
        }
        else
        {
            _log.AddSkipped(rows);
            fault ??= new Fault(IncidentKind.NonFiniteGradient, loss, norm, double.NaN);
        }

        if (fault is { } found && _guard is not null)
        {
            var suspects = taken ? [] : _incidents.Suspects(microBatches);
            var layer = taken ? null : _observer?.Layer ?? _incidents.Worst();
            React(found, layer, suspects);
        }

        _step++;
        _stepOfEpoch++;
        _callbacks.StepEnded(new StepRecord(_step, _epoch, loss, norm, rate, !taken));
        if (_watch?.Invoke(rate, loss) == false)
        {
            _stop ??= StopReason.Ended(_step);
        }
    }

    private (double Loss, double Norm, Tensor Metric) Gradients(Batch[] microBatches)
    {
        using var watch = _observer?.Watch(_step);
        return _learner.Compute(microBatches);
    }

    private void React(Fault fault, string? layer, IReadOnlyList<long> rows)
    {
        var reaction = _guard!.React(fault);
        _incidents.Add(fault, reaction, _step, _epoch, _schedule.RateAt(_step + 1) * RateFactor, layer, rows);
        if (reaction == GuardReaction.Stopped)
        {
            _stop = StopReason.Diverged(_epoch, _step, _options.Stability!.MaxRollBacks);
        }
    }

    private void EvaluateStart()
    {
        if (_watch is null)
        {
            var (training, validation) = (_training.Evaluate(), _validation?.Evaluate());
            _log.Started(training, validation);
            _callbacks.TrainingStarted(training, validation);
            _stop ??= _callbacks.Run.Stopping;
        }
    }

    private void EndEpoch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (_finite is not null && !_learner.IsFinite())
        {
            _stop = StopReason.Broken(_epoch);
            return;
        }

        _stepOfEpoch = 0;
        _finite?.Keep();
        var record = _log.EndEpoch(_validation?.Evaluate());
        if (_validation is not null && _guard is not null && !double.IsFinite(record.ValidationLoss))
        {
            React(new Fault(IncidentKind.NonFiniteValidation, record.ValidationLoss, double.NaN, double.NaN), null, []);
        }

        _schedule.EpochEnded(_validation is null ? record.Loss : record.ValidationLoss);
        _learner.Averaging?.EpochEnded(_epoch);
        _stop ??= _earlyStopping?.EpochEnded(record);
        var isBest = _earlyStopping?.Improved ?? _bestLoss.Improves(_validation is null ? record.Loss : record.ValidationLoss, _epoch);
        if (isBest && (_earlyStopping is not null || _validation is not null))
        {
            _best.Keep();
        }

        _callbacks.EpochEnded(record);
        _stop ??= _callbacks.Run.Stopping;
        if (_stop is null && _epoch < _run.Epochs)
        {
            _checkpoints?.EpochEnded(_step, _epoch, isBest, Exchange);
        }
    }

    /// <summary>Leaves the network that the fit returns: finite, and the best where the run did not go to its end or is to go back to it.</summary>
    private void Finish()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var stop = _stop ?? StopReason.Completed(_run.Epochs);
        if (stop.Kind == StopKind.Cancelled)
        {
            _checkpoints?.Ended(_step, _epoch, isFinished: false, Exchange);
        }

        _ended = stop;
        var goesBack = _earlyStopping is null ? stop.Kind != StopKind.Completed : _options.EarlyStopping!.RestoreBest || stop.Kind != StopKind.EarlyStopped;
        if (!goesBack || !_best.Restore())
        {
            TakeLast();
        }

        if (stop.Kind != StopKind.Cancelled)
        {
            _checkpoints?.Ended(_step, _epoch, isFinished: true, Exchange);
        }
    }

    private TrainingResult Diagnosed(TrainingResult result) =>
        _observer is null ? result : result with { Samples = _observer.Samples, Diagnosis = _log.Diagnosed(_observer.Judge(_options, result)) };

    private void TakeLast()
    {
        if (_learner.IsFinite())
        {
            _learner.Averaging?.ProvedFinite();
            _guard?.Finish();
        }
        else
        {
            _finite?.Restore();
            _guard?.GoBack();
        }

        if (_learner.Averaging?.TakeOver() == true)
        {
            BatchNormStatistics.Recompute(_network, _source.Epoch(1, _seed, _task));
        }
    }
}
