using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The network with all that changes it: computes gradients and makes updates. The order of an update is its specification: zero gradients → for each
/// micro-batch forward, loss, backward → mean over the rows → penalty; then gradient transform → optimiser step → constraint → weight average.
/// </summary>
internal sealed class Learner : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly RunRandom _random;
    private readonly BoundOptimizer _optimizer;
    private readonly LearningTask _task;
    private readonly NeuralNetworkOptions _options;
    private readonly DriftCheck? _drift;
    private readonly MemoryFit _memory;
    private BoundGradientTransform? _gradients;
    private BoundConstraint? _constraint;
    private GradientPass _pass;

    /// <param name="network">The network, trained in place.</param>
    /// <param name="task">Its loss and metric.</param>
    /// <param name="options">The options.</param>
    /// <param name="run">How long the run is.</param>
    /// <param name="random">Dropout and gradient noise draw from it.</param>
    /// <param name="ranks">The processes that share the training.</param>
    /// <param name="warn">Told when batches do not fit into memory and are halved.</param>
    public Learner(
        nn.Module<Tensor, Tensor> network, LearningTask task, NeuralNetworkOptions options, RunLength run, RunRandom random, ICollective ranks, Action<string>? warn = null)
    {
        _network = network;
        _task = task;
        _options = options;
        _random = random;
        _memory = new MemoryFit(options, $"{ComputeDevice.Of(network)}", ExchangeWithinStep, warn ?? (_ => { }));
        Flat = new FlatParameters(network, options.Optimizer.LayerRules, behind: ranks.Count > 1 ? GradientExchange.NumbersOf(network) : 0);
        if (ranks.Count > 1)
        {
            Exchanged = new GradientExchange(ranks, Flat, network);
            _drift = new DriftCheck(ranks, Flat, network, options.Distribution!.ChecksEvery);
        }

        _optimizer = options.Optimizer.For(run, options.Network.PathLength(Flat.Weights.Segments.Count)).Bind(Flat);
        BindToTrained();
        Averaging = options.Averaging?.Bind(Flat.Values, run.Epochs);
    }

    public FlatParameters Flat { get; }

    /// <summary>Sums the gradients over the ranks of a job; null for a single process.</summary>
    public GradientExchange? Exchanged { get; }

    public BoundWeightAveraging? Averaging { get; }

    /// <summary>The norm of the gradients that the last update used.</summary>
    public UsedNorm UsedNorm { get; } = new();

    /// <summary>Unfreezes the layers that are trained from an epoch on, at its start or whenever they are not, as after a roll-back to before it; names them, null for none.</summary>
    public IReadOnlyList<string>? Unfreeze(int epoch)
    {
        var stage = Flat.StageAt(epoch);
        if (stage == Flat.Stage)
        {
            return null;
        }

        var before = Flat.Trained.Segments;
        SetStage(stage);
        return [.. Flat.Trained.Segments.Except(before).Select(segment => segment.Layer).Distinct()];
    }

    /// <summary>Computes the gradients of the micro-batches; tensors made belong to the caller's scope. One wait for the device.</summary>
    /// <returns>Mean loss, penalty included; norm of the gradient; the metric's sum.</returns>
    /// <exception cref="InvalidOperationException">They do not fit into memory.</exception>
    public (double Loss, double Norm, Tensor Metric) Compute(Batch[] microBatches) => _memory.Run(microBatches, parts =>
    {
        // What a pass has made when it runs out of memory must be gone before the next.
        using var scope = NewDisposeScope();
        var (loss, norm, metric) = _pass.Compute(parts, UsedNorm);
        return (loss, norm, metric.MoveToOuterDisposeScope());
    });

    /// <summary>Norm of the gradient of the first layer, as last computed.</summary>
    public double FirstNorm => _pass.FirstNorm;

    /// <summary>Makes the update, under <c>no_grad</c>; false when the optimiser asked for gradients anew and they were not finite.</summary>
    /// <param name="microBatches">The rows.</param>
    /// <param name="step">The number of the update, from 0.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <param name="norm">The norm of the gradients.</param>
    public bool Update(Batch[] microBatches, long step, double rate, double norm)
    {
        Averaging?.ProvedFinite();
        var gradients = new StepGradients(
            Transform: () => Transform(step, norm),
            Recompute: () =>
            {
                using var kept = new KeptStatistics(_network);
                (var loss, norm, _) = Compute(microBatches);
                return double.IsFinite(loss) && double.IsFinite(norm);
            });
        if (!_optimizer.Step(rate, gradients))
        {
            return false;
        }

        _constraint?.Apply();
        Averaging?.StepTaken();
        return true;
    }

    /// <summary>Looks, when it is time or the run has ended, whether all ranks of a job hold the same network.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public void CheckRanks(long step, bool isLast = false)
    {
        if (isLast)
        {
            _drift?.Look(step);
        }
        else
        {
            _drift?.StepEnded(step);
        }
    }

    /// <summary>Does something with the network and puts back what passes over rows change: gradients, running statistics and random state.</summary>
    public void WithoutTrace(Action action)
    {
        using var kept = new KeptStatistics(_network);
        using var gradients = Flat.Gradients.clone();
        var firstNorm = _pass.FirstNorm;
        _random.WithoutTrace(action);
        using var _ = no_grad();
        _pass.FirstNorm = firstNorm;
        Flat.Gradients.copy_(gradients);
    }

    /// <summary>One device sync.</summary>
    public bool IsFinite() => double.IsFinite(Flat.Values.abs().max().ToDouble());

    /// <summary>Writes or reads what forward passes change, such as running statistics.</summary>
    public void ExchangeStatistics(RunState state)
    {
        foreach (var (name, buffer) in _network.named_buffers())
        {
            state.Exchange(name, buffer);
        }
    }

    /// <summary>Writes or reads the network.</summary>
    public void ExchangeNetwork(RunState state)
    {
        ExchangeStatistics(state);
        state.Exchange("weights", Flat.Values);
    }

    /// <summary>Writes or reads all that updates change.</summary>
    public void Exchange(RunState state)
    {
        ExchangeStage(state);
        ExchangeNetwork(state);
        _optimizer.Exchange(state.Under("optimizer"));
        _gradients?.Exchange(state.Under("gradients"));
        Averaging?.Exchange(state.Under("averaging"));
        _random.Exchange(state);
    }

    public void Dispose()
    {
        Averaging?.Dispose();
        _gradients?.Dispose();
        _optimizer.Dispose();
        UsedNorm.Dispose();
        _memory.Dispose();
        Flat.Dispose();
    }

    private void ExchangeWithinStep(RunState state)
    {
        ExchangeStatistics(state);
        _random.ExchangeWithinStep(state);
    }

    private void Transform(long index, double norm)
    {
        var step = new GradientStep(Flat.Trained, index, norm, _random.Shared);
        _gradients?.Apply(step);
        if (_gradients?.KeepsGradients != false)
        {
            UsedNorm.Set(norm);
        }
        else if (step.NormAfter is { } known)
        {
            UsedNorm.Set(known);
        }
        else
        {
            UsedNorm.Set(Flat.Trained.GradientNormTensor());
        }
    }

    private void ExchangeStage(RunState state)
    {
        if (Flat.HasStages)
        {
            long stage = Flat.Stage;
            state.Exchange("stage", ref stage);
            if (stage != Flat.Stage)
            {
                // First of all, since what follows is of as many parameters as are trained.
                SetStage((int)stage);
            }
        }
    }

    private void SetStage(int stage)
    {
        Flat.SetStage(stage);
        _network.train();
        LayerRules.KeepFrozenLayers(_network);
        _gradients?.Dispose();
        BindToTrained();
    }

    [MemberNotNull(nameof(_pass))]
    private void BindToTrained()
    {
        _gradients = _options.Gradients?.Bind(Flat.Trained);
        _pass = new GradientPass(_network, _task, Flat, _options.Regularizer?.Bind(Flat.Weights), _options.Network is CustomNetwork ? new OwnModuleForward(_network, _random.Layers) : null, Exchanged);
        _constraint = _options.Constraint?.Bind(Flat.Weights);
    }
}
