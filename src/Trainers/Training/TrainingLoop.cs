using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The training itself, written once. The order of a step is its specification: zero gradients → for each micro-batch forward, loss, backward →
/// mean over the rows → penalty → finite check → rate → gradient transform → optimiser step → constraint → weight average.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    // So many bad steps in a row mean that the weights, not the rows, are at fault.
    private const int MostBadSteps = 20;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly LearningTask _task;
    private readonly BatchSource _source;
    private readonly NeuralNetworkOptions _options;
    private readonly RunSeed _seed;
    private readonly Generator _random;
    private readonly FlatParameters _flat;
    private readonly BoundOptimizer _optimizer;
    private readonly BoundGradientTransform? _gradients;
    private readonly BoundConstraint? _constraint;
    private readonly BoundWeightAveraging? _averaging;
    private readonly BoundSchedule _schedule;
    private readonly GradientPass _pass;
    private readonly TrainingLog _log;
    private readonly Func<double, double, bool>? _watch;
    private long _step;
    private int _badSteps;
    private bool _stopped;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">Orders the rows.</param>
    /// <param name="random">Gradient noise draws from it.</param>
    /// <param name="log">Receives a line an epoch.</param>
    /// <param name="training">Measures the network on all training rows.</param>
    /// <param name="validation">Measures it on the validation rows; null when there are none.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public TrainingLoop(
        nn.Module<Tensor, Tensor> network,
        LearningTask task,
        BatchSource source,
        NeuralNetworkOptions options,
        RunSeed seed,
        Generator random,
        Action<string> log,
        Evaluator training,
        Evaluator? validation,
        Func<double, double, bool>? watch = null)
    {
        _network = network;
        _task = task;
        _source = source;
        _options = options;
        _seed = seed;
        _random = random;
        _watch = watch;
        _flat = new FlatParameters(network, options.Optimizer.LayerRules);
        _optimizer = options.Optimizer.Bind(_flat);
        _gradients = options.Gradients?.Bind(_flat.All);
        _pass = new GradientPass(network, task, _flat, options.Regularizer?.Bind(_flat.Weights));
        _constraint = options.Constraint?.Bind(_flat.Weights);
        _averaging = options.Averaging?.Bind(_flat.Values, options.Epochs);
        var stepsPerEpoch = (source.BatchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        _schedule = options.Optimizer.Rate.Bind(new RunLength(stepsPerEpoch * options.Epochs, stepsPerEpoch));
        _log = new TrainingLog(options, task, source.Rows, stepsPerEpoch, log);
    }

    public TrainingResult Run()
    {
        _network.train();
        LayerRules.KeepFrozenLayers(_network);
        using var lastGood = _flat.Values.clone().DetachFromDisposeScope();
        var stop = StopReason.Completed(_options.Epochs);
        for (var epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            _log.StartEpoch(epoch);
            if (RunEpoch(epoch) is { } reason)
            {
                stop = reason;
                break;
            }

            _schedule.EpochEnded(_log.EndEpoch().Loss);
            EndEpoch(epoch, lastGood);
        }

        Finish(lastGood);
        _network.eval();
        return _log.Result(stop, _seed.Value);
    }

    public void Dispose()
    {
        _averaging?.Dispose();
        _gradients?.Dispose();
        _optimizer.Dispose();
        _flat.Dispose();
    }

    private StopReason? RunEpoch(int epoch)
    {
        foreach (var microBatches in _source.Epoch(epoch, _seed, _task).Chunk(_options.AccumulationSteps))
        {
            StepAndDispose(microBatches);
            if (_badSteps >= MostBadSteps)
            {
                return StopReason.Diverged(epoch, _badSteps);
            }

            if (_stopped)
            {
                return StopReason.Ended(_step);
            }

            if (_options.CancellationToken.IsCancellationRequested)
            {
                return StopReason.Cancelled(epoch, _step);
            }
        }

        return null;
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
        var (loss, norm, metric) = _pass.Compute(microBatches);
        using var _ = no_grad();
        var rate = _schedule.RateAt(_step);
        var rows = microBatches.Sum(batch => batch.Rows);
        if (double.IsFinite(loss) && double.IsFinite(norm) && TakeStep(microBatches, rate, norm))
        {
            _badSteps = 0;
            _log.Add(rows, loss, norm, rate, metric);
        }
        else
        {
            _badSteps++;
            _log.AddSkipped(rows);
        }

        _stopped = _watch?.Invoke(rate, loss) == false;
        _step++;
    }

    /// <summary>Updates the weights; false when the optimiser asked for gradients anew and they were not finite.</summary>
    private bool TakeStep(Batch[] microBatches, double rate, double norm)
    {
        _averaging?.ProvedFinite();
        var gradients = new StepGradients(
            Transform: () => _gradients?.Apply(new GradientStep(_flat.All, _step, norm, _random)),
            Recompute: () =>
            {
                using var kept = new KeptStatistics(_network);
                (var loss, norm, _) = _pass.Compute(microBatches);
                return double.IsFinite(loss) && double.IsFinite(norm);
            });
        if (!_optimizer.Step(rate, gradients))
        {
            return false;
        }

        _constraint?.Apply();
        _averaging?.StepTaken();
        return true;
    }

    private void EndEpoch(int epoch, Tensor lastGood)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (IsFinite())
        {
            lastGood.copy_(_flat.Values);
            _averaging?.EpochEnded(epoch);
        }
    }

    /// <summary>Leaves finite weights in the network: the last good ones where the training broke them, the average where one was asked for.</summary>
    private void Finish(Tensor lastGood)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (IsFinite())
        {
            _averaging?.ProvedFinite();
        }
        else
        {
            _flat.Values.copy_(lastGood);
        }

        if (_averaging?.TakeOver() == true)
        {
            BatchNormStatistics.Recompute(_network, _source.Epoch(1, _seed, _task));
        }
    }

    private bool IsFinite() => double.IsFinite(_flat.Values.abs().max().ToDouble());
}
