using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The training itself, written once. The order of a step is its specification: zero gradients → for each micro-batch forward, loss, backward →
/// mean over the rows → penalty → finite check → gradient transform → rate → optimiser step → constraint.
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
    private readonly BoundRegularizer? _penalty;
    private readonly BoundConstraint? _constraint;
    private readonly TrainingLog _log;
    private long _step;
    private int _badSteps;

    public TrainingLoop(
        nn.Module<Tensor, Tensor> network, LearningTask task, BatchSource source, NeuralNetworkOptions options, RunSeed seed, Generator random, Action<string> log)
    {
        _network = network;
        _task = task;
        _source = source;
        _options = options;
        _seed = seed;
        _random = random;
        _flat = new FlatParameters(network);
        _optimizer = options.Optimizer.Bind(_flat);
        _gradients = options.Gradients?.Bind(_flat.All);
        _penalty = options.Regularizer?.Bind(_flat.Weights);
        _constraint = options.Constraint?.Bind(_flat.Weights);
        StepsPerEpoch = (source.BatchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        _log = new TrainingLog(options, task, source.Rows, StepsPerEpoch, log);
    }

    private long StepsPerEpoch { get; }

    private long TotalSteps => StepsPerEpoch * _options.Epochs;

    public TrainingResult Run()
    {
        _network.train();
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

            _log.EndEpoch();
            KeepIfFinite(lastGood);
        }

        RestoreIfBroken(lastGood);
        _network.eval();
        return _log.Result(stop, _seed.Value);
    }

    public void Dispose()
    {
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
        _flat.ZeroGradients();
        var (loss, metric) = ForwardAndBackward(microBatches);
        using var _ = no_grad();
        if (_penalty?.AddGradient() is { } penalty)
        {
            loss.add_(penalty.squeeze());
        }

        var (lossValue, norm) = ToHost(loss, _flat.All.GradientNormTensor());
        var rate = _options.Optimizer.Rate.RateAt(_step, TotalSteps);
        var rows = microBatches.Sum(batch => batch.Rows);
        if (double.IsFinite(lossValue) && double.IsFinite(norm))
        {
            _gradients?.Apply(new GradientStep(_flat.All, _step, norm, _random));
            _optimizer.Step(rate);
            _constraint?.Apply();
            _badSteps = 0;
            _log.Add(rows, lossValue, norm, rate, metric);
        }
        else
        {
            _badSteps++;
            _log.AddSkipped(rows);
        }

        _step++;
    }

    /// <summary>Leaves the gradient of the mean loss over all rows in the flat gradients.</summary>
    private (Tensor Loss, Tensor Metric) ForwardAndBackward(Batch[] microBatches)
    {
        if (microBatches is [var only])
        {
            var (loss, metric) = Forward(only);
            loss.backward();
            return (loss.detach(), metric);
        }

        var weights = microBatches.Select(batch => batch.Weights?.sum() ?? tensor((float)batch.Rows)).ToArray();
        var total = weights.Aggregate((sum, next) => sum + next).clamp_min(float.Epsilon);
        var lossSum = zeros(1);
        var metricSum = zeros(1);
        for (var i = 0; i < microBatches.Length; i++)
        {
            var (loss, metric) = Forward(microBatches[i]);
            var share = loss * (weights[i] / total);
            share.backward();
            using var _ = no_grad();
            lossSum.add_(share);
            metricSum.add_(metric);
        }

        return (lossSum.squeeze(), metricSum.squeeze());
    }

    private (Tensor Loss, Tensor Metric) Forward(Batch batch)
    {
        var outputs = _network.call(batch.Features);
        var loss = _task.Loss(outputs, batch.Targets, batch.Weights);
        using var _ = no_grad();
        return (loss, _task.MetricSum(outputs, batch.Targets));
    }

    private static (double Loss, double Norm) ToHost(Tensor loss, Tensor norm)
    {
        // Both numbers in one transfer: one wait for the device a step.
        var numbers = stack([loss, norm]).data<float>();
        return (numbers[0], numbers[1]);
    }

    private void KeepIfFinite(Tensor lastGood)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (IsFinite())
        {
            lastGood.copy_(_flat.Values);
        }
    }

    private void RestoreIfBroken(Tensor lastGood)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (!IsFinite())
        {
            _flat.Values.copy_(lastGood);
        }
    }

    private bool IsFinite() => double.IsFinite(_flat.Values.abs().max().ToDouble());
}
