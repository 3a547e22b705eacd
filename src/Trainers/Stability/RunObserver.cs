using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Watches a run for its diagnosis: every step's loss and gradient norm, every few steps the layers, and where the numbers stand out the layer in which that starts.</summary>
/// <param name="network">The network.</param>
/// <param name="task">Its loss.</param>
/// <param name="learner">What trains it.</param>
/// <param name="ranks">The processes that share the training.</param>
/// <param name="every">Steps from one look at the layers to the next, at first.</param>
/// <param name="baseline">The loss of a network that knows nothing.</param>
internal sealed class RunObserver(nn.Module<Tensor, Tensor> network, LearningTask task, Learner learner, ICollective ranks, int every, double baseline) : IDisposable
{
    // Each is a forward and backward pass more; the first ones tell what there is to tell.
    private const int MostLooks = 16;
    private readonly NetworkProbe _probe = new(network, learner.Flat, every);
    private readonly StepSeries _series = new(baseline);
    private bool _sampled;
    private int _looks;

    /// <summary>The layers every few steps.</summary>
    public IReadOnlyList<NetworkSample> Samples => _probe.Samples;

    /// <summary>The layer in which it started that the last steps stand out; null when they do not, or it is not known.</summary>
    public string? Layer => _series.Layer;

    /// <summary>Begins a step; to be disposed when its gradients are there.</summary>
    public IDisposable? Watch(long step) => (_sampled = _probe.Due(step)) ? _probe.Watch() : null;

    /// <summary>Takes in the gradients of a step, before anything changes them.</summary>
    public void Computed(Batch[] microBatches, long step, double loss, double norm, double rate)
    {
        if (_series.Add(step, loss, norm, rate) && _looks < MostLooks)
        {
            _sampled = false;
            _looks++;
            learner.WithoutTrace(() => Look(microBatches));
        }
        else if (_sampled && (_sampled = double.IsFinite(loss) && double.IsFinite(norm)))
        {
            _probe.BeforeUpdate();
        }
    }

    /// <summary>Takes in the update. A step that was left out must not come here.</summary>
    public void Updated(long step, double loss, double rate)
    {
        if (_sampled)
        {
            _probe.AfterUpdate(step, loss, rate);
        }
    }

    /// <summary>The verdict on the run.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="result">What happened in it.</param>
    public Diagnosis Judge(NeuralNetworkOptions options, TrainingResult result) => Advisor.Judge(new RunEvidence
    {
        Options = options,
        Baseline = baseline,
        Series = _series,
        Spans = result.Spans,
        Samples = Samples,
        Epochs = result.Epochs,
        Incidents = result.Incidents,
        Penalty = options.Regularizer is not null && result.InitialTraining is { } initial && _series.FirstLoss > initial.Loss ? _series.FirstLoss - initial.Loss : 0,
    });

    public void Exchange(RunState state)
    {
        _probe.Exchange(state.Under("probe"));
        _series.Exchange(state.Under("series"));
        state.Exchange("looks", ref _looks);
    }

    public void Dispose() => _probe.Dispose();

    private void Look(Batch[] microBatches)
    {
        var health = _probe.Look(() => learner.Compute(microBatches), ranks);
        var losses = new RowLosses(network, task, microBatches, ranks);
        _series.Explain(health.ExplodesFrom, losses.Median, health.MayBeRows ? losses.Suspects : []);
    }
}
