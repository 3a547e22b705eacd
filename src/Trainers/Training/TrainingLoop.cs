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
    private readonly NeuralNetworkOptions _options;
    private readonly RunSeed _seed;
    private readonly Learner _learner;
    private readonly BoundSchedule _schedule;
    private readonly BoundCallbacks _callbacks;
    private readonly BoundEarlyStopping? _earlyStopping;
    private readonly BestValue _bestValidation = new(higherIsBetter: false, minDelta: 0);
    private readonly BestNetwork _best;
    private readonly BestNetwork? _finite;
    private readonly Guard? _guard;
    private readonly IncidentLog _incidents;
    private readonly TrainingLog _log;
    private readonly Func<double, double, bool>? _watch;
    private int _epoch;
    private long _step;
    private StopReason? _stop;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">Orders the rows.</param>
    /// <param name="random">Dropout and gradient noise draw from it.</param>
    /// <param name="log">Receives a line an epoch, and warnings.</param>
    /// <param name="training">Measures the network on all training rows.</param>
    /// <param name="validation">Measures it on the validation rows; null when there are none.</param>
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
        Incident? start = null,
        Func<double, double, bool>? watch = null)
    {
        _network = network;
        _task = task;
        _source = source;
        _training = training;
        _validation = validation;
        _options = options;
        _seed = seed;
        _watch = watch;
        var stepsPerEpoch = (source.BatchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        var run = new RunLength(stepsPerEpoch * options.Epochs, stepsPerEpoch);
        _learner = new Learner(network, task, options, random);
        _schedule = options.Optimizer.Rate.Bind(run);
        _log = new TrainingLog(options, task, source.Rows, stepsPerEpoch, log);
        _incidents = new IncidentLog(network, task, _learner.Flat.All, log.Warning, start);
        _best = new BestNetwork(_learner.ExchangeNetwork);
        _guard = options.Stability is { } policy ? new Guard(policy, Baseline.Loss(source, task, seed), run.Steps, _learner) : null;
        _finite = _guard is null ? new BestNetwork(_learner.ExchangeNetwork) : null;
        _earlyStopping = options.EarlyStopping?.Bind(task.MetricName, task.HigherMetricIsBetter);
        _callbacks = new BoundCallbacks(options.Callbacks, new CallbackScope(
            network, task.MetricName, task.HigherMetricIsBetter, validation is not null, stepsPerEpoch, source.Rows, options, log.Info, log.Warning));
    }

    public TrainingResult Run()
    {
        _callbacks.Bind();
        _network.train();
        LayerRules.KeepFrozenLayers(_network);
        _guard?.Start();
        _finite?.Keep();
        EvaluateStart();
        while (_stop is null && _epoch < _options.Epochs)
        {
            _epoch++;
            _log.StartEpoch(_epoch);
            RunEpoch();
            if (_stop is null)
            {
                EndEpoch();
            }
        }

        var result = Finish(_stop ?? StopReason.Completed(_options.Epochs));
        _callbacks.TrainingEnded(result);
        return result;
    }

    public void Dispose()
    {
        _callbacks.Dispose();
        _log.Dispose();
        _guard?.Dispose();
        _best.Dispose();
        _finite?.Dispose();
        _learner.Dispose();
    }

    private double RateFactor => _callbacks.Run.RateScale * (_guard?.RateScale ?? 1);

    private void RunEpoch()
    {
        foreach (var microBatches in _source.Epoch(_epoch, _seed, _task).Chunk(_options.AccumulationSteps))
        {
            StepAndDispose(microBatches);
            _stop ??= _callbacks.Run.Stopping;
            if (_options.CancellationToken.IsCancellationRequested)
            {
                _stop ??= StopReason.Cancelled(_epoch, _step, _earlyStopping?.BestEpoch ?? _bestValidation.Epoch);
            }

            if (_stop is not null)
            {
                return;
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
        var (loss, norm, metric) = _learner.Compute(microBatches);
        using var _ = no_grad();
        var rate = _schedule.RateAt(_step) * RateFactor;
        var rows = microBatches.Sum(batch => batch.Rows);
        var fault = _guard?.Judge(loss, norm);
        var taken = fault is null && _learner.Update(microBatches, _step, rate, norm);
        if (taken)
        {
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
            var layer = taken ? null : _incidents.Worst();
            React(found, layer, suspects);
        }

        _step++;
        _callbacks.StepEnded(new StepRecord(_step, _epoch, loss, norm, rate, !taken));
        if (_watch?.Invoke(rate, loss) == false)
        {
            _stop ??= StopReason.Ended(_step);
        }
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

        _finite?.Keep();
        var record = _log.EndEpoch(_validation?.Evaluate());
        if (_validation is not null && _guard is not null && !double.IsFinite(record.ValidationLoss))
        {
            React(new Fault(IncidentKind.NonFiniteValidation, record.ValidationLoss, double.NaN, double.NaN), null, []);
        }

        _schedule.EpochEnded(_validation is null ? record.Loss : record.ValidationLoss);
        _learner.Averaging?.EpochEnded(_epoch);
        _stop ??= _earlyStopping?.EpochEnded(record);
        if (_earlyStopping?.Improved ?? _bestValidation.Improves(record.ValidationLoss, _epoch))
        {
            _best.Keep();
        }

        _callbacks.EpochEnded(record);
        _stop ??= _callbacks.Run.Stopping;
    }

    /// <summary>Leaves the network that the fit returns: finite, and the best where the run did not go to its end or is to go back to it.</summary>
    private TrainingResult Finish(StopReason stop)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var goesBack = _earlyStopping is null ? stop.Kind != StopKind.Completed : _options.EarlyStopping!.RestoreBest || stop.Kind != StopKind.EarlyStopped;
        if (!goesBack || !_best.Restore())
        {
            TakeLast();
        }

        _network.eval();
        return _log.Result(stop, _seed.Value, _incidents, _validation?.Evaluate());
    }

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
