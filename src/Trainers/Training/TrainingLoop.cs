using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The training itself: epochs of steps, what is measured and kept after each, and the network that the fit returns.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly BatchSource _source;
    private readonly AugmentedRows _rows;
    private readonly Evaluator _training;
    private readonly Evaluator? _validation;
    private readonly NeuralNetworkOptions _options;
    private readonly RunSeed _seed;
    private readonly RunLength _run;
    private readonly TrainingLog _log;
    private readonly BoundCallbacks _callbacks;
    private readonly TrainingSteps _steps;
    private readonly StopVote _vote;
    private readonly BestEpoch _best;
    private readonly BestNetwork? _finite;
    private readonly FinalNetwork _final;
    private readonly BoundCheckpointing? _checkpoints;
    private readonly bool _isRangeTest;
    private int _epoch;
    private long _stepOfEpoch;
    private StopReason? _stop;
    private StopReason? _ended;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="source">The rows, and the processes that share them.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">Orders the rows.</param>
    /// <param name="random">Dropout and gradient noise draw from it.</param>
    /// <param name="log">Receives a line an epoch, and warnings.</param>
    /// <param name="training">Measures the network on all training rows.</param>
    /// <param name="validation">Measures it on the validation rows; null when there are none.</param>
    /// <param name="checkpoints">Where the run is kept and resumed from; null for nowhere.</param>
    /// <param name="start">What was wrong with the first weights; null when nothing was.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public TrainingLoop(
        nn.Module<Tensor, Tensor> network,
        LearningTask task,
        BatchSource source,
        NeuralNetworkOptions options,
        RunSeed seed,
        RunRandom random,
        RunLog log,
        Evaluator training,
        Evaluator? validation,
        BoundCheckpointing? checkpoints = null,
        Incident? start = null,
        Func<double, double, bool>? watch = null)
    {
        _network = network;
        _source = source;
        var device = ComputeDevice.Of(network);
        _rows = new AugmentedRows(source, options.Augmentation, seed, task, device);
        _training = training;
        _validation = validation;
        _checkpoints = checkpoints;
        _options = options;
        _seed = seed;
        _isRangeTest = watch is not null;
        _run = RunLength.Of(options, source.BatchesPerEpoch);
        _log = new TrainingLog(options, task, source.Rows, _run, log, source.Ranks, device);
        if (!_isRangeTest)
        {
            LayerRules.WarnOfFrozen(options.Optimizer.LayerRules, _run.Epochs, log);
        }

        _callbacks = new BoundCallbacks(options.Callbacks, new CallbackScope(
            network, task.MetricName, task.HigherMetricIsBetter, validation is not null, _run.StepsPerEpoch, _run.Epochs, source.Rows, options, log.Info, log.Warning)
        {
            Rank = source.Ranks.Rank,
        });
        _steps = new TrainingSteps(
            network,
            task,
            options,
            _run,
            Math.Min(source.Rows, (long)options.BatchSize * options.AccumulationSteps),
            Baseline.Loss(source, task, seed),
            random,
            source.Ranks,
            _log,
            parameters => new IncidentLog(network, task, parameters, log.Warning, source.Ranks, start),
            _callbacks,
            watch);
        _vote = new StopVote(source.Ranks, _steps.Learner.Exchanged, _callbacks.Run, options.CancellationToken);
        _best = new BestEpoch(options, task, validation is not null, _steps.Learner.ExchangeNetwork);
        _finite = _steps.IsGuarded ? null : new BestNetwork(_steps.Learner.ExchangeNetwork);
        _final = new FinalNetwork(network, _steps, _best, _finite, () => source.Epoch(1, seed, task).Select(batch => batch.MovedTo(device)), source.Ranks);
    }

    /// <param name="data">What it trains on, for the result.</param>
    public TrainingResult Run(TrainingData? data = null)
    {
        _callbacks.Bind();
        _network.train();
        LayerRules.KeepFrozenLayers(_network);
        if (_checkpoints?.Resume(Exchange) != true)
        {
            Start();
        }

        if (_ended is null)
        {
            RunEpochs();
            Finish();
        }

        _network.eval();
        using var _ = no_grad();
        var result = _steps.Complete(_log.Result(_ended!, _seed.Value, _validation?.Evaluate())) with { Data = data, Environment = TrainingEnvironment.Here() with { Device = $"{ComputeDevice.Of(_network)}" } };
        _callbacks.TrainingEnded(result);
        return result;
    }

    /// <summary>Writes or reads the whole run, between two steps or after the last one.</summary>
    public void Exchange(RunState state)
    {
        state.Exchange("epoch", ref _epoch);
        state.Exchange("stepOfEpoch", ref _stepOfEpoch);
        state.ExchangeJson("ended", ref _ended);
        _steps.Exchange(state.Under("steps"));
        _best.Exchange(state.Under("best"));
        _finite?.Exchange(state.Under("finite"));
        _callbacks.Exchange(state.Under("callbacks"));
        _log.Exchange(state.Under("log"));
    }

    public void Dispose()
    {
        _callbacks.Dispose();
        _log.Dispose();
        _best.Dispose();
        _finite?.Dispose();
        _steps.Dispose();
    }

    private void Start()
    {
        _steps.Start();
        _finite?.Keep();
        if (!_isRangeTest)
        {
            var (training, validation) = (_training.Evaluate(), _validation?.Evaluate());
            _log.Started(training, validation);
            _callbacks.TrainingStarted(training, validation);
            _stop ??= _vote.BetweenEpochs();
        }
    }

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
        foreach (var microBatches in _rows.Epoch(_epoch, _stepOfEpoch * _options.AccumulationSteps).Chunk(_options.AccumulationSteps))
        {
            _steps.Take(microBatches, _epoch);
            _stepOfEpoch++;
            _stop = _steps.Stop ?? _vote.AfterStep(() => StopReason.Cancelled(_epoch, _steps.Count, _best.Epoch));
            if (_stop is not null)
            {
                return;
            }

            if (_stepOfEpoch < _run.StepsPerEpoch)
            {
                _checkpoints?.StepEnded(_steps.Count, _epoch, Exchange);
            }
        }
    }

    private void EndEpoch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (_finite is not null && !_steps.Learner.IsFinite())
        {
            _stop = StopReason.Broken(_epoch);
            return;
        }

        _stepOfEpoch = 0;
        _finite?.Keep();
        var record = _log.EndEpoch(_validation?.Evaluate());
        if (_validation is not null)
        {
            _steps.Validated(record.ValidationLoss, _epoch);
        }

        _steps.Schedule.EpochEnded(_best.LossOf(record));
        _steps.Learner.Averaging?.EpochEnded(_epoch);
        var early = _best.Ended(record);
        _stop = _steps.Stop ?? early;
        _callbacks.EpochEnded(record);
        _stop ??= _vote.BetweenEpochs();
        if (_stop is null && _epoch < _run.Epochs)
        {
            _checkpoints?.EpochEnded(_steps.Count, _epoch, _best.IsLast, Exchange);
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
            _checkpoints?.Ended(_steps.Count, _epoch, isFinished: false, Exchange);
        }

        _ended = stop;
        _final.Take(stop);
        if (stop.Kind != StopKind.Cancelled)
        {
            _checkpoints?.Ended(_steps.Count, _epoch, isFinished: true, Exchange);
        }
    }
}
