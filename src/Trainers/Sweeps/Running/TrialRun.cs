namespace MLNet.GradStability;

/// <summary>A trial as a pipeline meets it: it connects a trainer of the library with the sweep.</summary>
public sealed class TrialRun
{
    private readonly int _seed;
    private readonly Action<TrialEpoch>? _epochEnded;
    private readonly Rungs? _rungs;
    private readonly List<CancellationTokenSource> _linked = [];

    internal TrialRun(int number, int seed, CancellationToken cancellation = default, Action<TrialEpoch>? epochEnded = null, Rungs? rungs = null)
    {
        Number = number;
        CancellationToken = cancellation;
        _seed = seed;
        _epochEnded = epochEnded;
        _rungs = rungs;
    }

    /// <summary>The number of the trial, from 1; 0 when the best pipeline is fitted anew.</summary>
    public int Number { get; }

    /// <summary>Is cancelled when the sweep ends before the trial does.</summary>
    public CancellationToken CancellationToken { get; }

    internal List<TrialEpoch> Curve { get; } = [];

    internal bool IsWatched { get; private set; }

    /// <summary>How the training ended; null when it was not watched.</summary>
    internal StopReason? Ended { get; private set; }

    internal bool IsStopped { get; private set; }

    /// <summary>Whether a higher metric of the curve is better.</summary>
    internal bool HigherMetricIsBetter { get; private set; }

    /// <summary>
    /// The options with what the sweep needs: its seed where they have none, its cancellation, and a callback that takes down the learning curve and ends the trial when the
    /// tuner says so.
    /// </summary>
    /// <param name="options">The options of the trial's trainer.</param>
    /// <exception cref="InvalidOperationException">The tuner needs validation rows, and the options have none; it ends the sweep.</exception>
    public NeuralNetworkOptions Watch(NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_rungs is not null && options is { ValidationFraction: 0, ValidationData: null })
        {
            throw new SweepSetupException("Tuner.Asha compares trials by their validation rows epoch by epoch, and the options have none. Set ValidationFraction, such as 0.1, in the options of the space.");
        }

        IsWatched = true;
        return options with
        {
            Seed = options.Seed ?? _seed,
            CancellationToken = Linked(options.CancellationToken),
            Callbacks = [.. options.Callbacks, new TrialCallback(this)],
        };
    }

    internal void EpochEnded(RunControl run, EpochRecord epoch, bool higherMetricIsBetter)
    {
        HigherMetricIsBetter = higherMetricIsBetter;
        var point = new TrialEpoch(epoch.Epoch, epoch.Loss, epoch.ValidationLoss, epoch.ValidationMetric);
        Curve.Add(point);
        _epochEnded?.Invoke(point);
        if (_rungs is not null && !_rungs.Reach(point, higherMetricIsBetter))
        {
            IsStopped = true;
            run.Stop("the tuner of the sweep ends it, as others were better at this epoch.");
        }
    }

    internal void TrainingEnded(TrainingResult result) => Ended = result.StopReason;

    /// <summary>Lets go of the tokens that options brought along.</summary>
    internal void Release() => _linked.ForEach(linked => linked.Dispose());

    private CancellationToken Linked(CancellationToken other)
    {
        if (!other.CanBeCanceled)
        {
            return CancellationToken;
        }

        _linked.Add(CancellationTokenSource.CreateLinkedTokenSource(other, CancellationToken));
        return _linked[^1].Token;
    }
}
