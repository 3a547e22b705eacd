namespace MLNet.GradStability;

/// <summary>Judges epochs by what is monitored: which is the best so far, whether the training ends, whether the fit goes back to it.</summary>
internal sealed class BestEpoch : IDisposable
{
    private readonly EarlyStopping? _description;
    private readonly BoundEarlyStopping? _earlyStopping;
    private readonly BestValue _loss = new(higherIsBetter: false, minDelta: 0);
    private readonly BestNetwork _network;
    private readonly bool _hasValidation;

    /// <param name="options">The options, for early stopping.</param>
    /// <param name="task">The task, for its metric.</param>
    /// <param name="hasValidation">Whether epochs are measured on validation rows.</param>
    /// <param name="exchange">Writes and reads the network.</param>
    public BestEpoch(NeuralNetworkOptions options, LearningTask task, bool hasValidation, Action<RunState> exchange)
    {
        _description = options.EarlyStopping;
        _earlyStopping = options.EarlyStopping?.Bind(task.MetricName, task.HigherMetricIsBetter);
        _network = new BestNetwork(exchange);
        _hasValidation = hasValidation;
    }

    /// <summary>The epoch that a run gives back which ends before its time; 0 for none: then it is the last one.</summary>
    public int Epoch => _earlyStopping?.BestEpoch ?? (_hasValidation ? _loss.Epoch : 0);

    /// <summary>Whether the last epoch is the best so far.</summary>
    public bool IsLast { get; private set; }

    /// <summary>The loss that schedules and checkpoints go by: of the validation rows where there are any.</summary>
    public double LossOf(EpochRecord record) => _hasValidation ? record.ValidationLoss : record.Loss;

    /// <summary>Takes an epoch in, and keeps the network if it is the best; a reason when the training is to end.</summary>
    public StopReason? Ended(EpochRecord record)
    {
        var stop = _earlyStopping?.EpochEnded(record);
        IsLast = _earlyStopping?.Improved ?? _loss.Improves(LossOf(record), record.Epoch);
        if (IsLast && (_earlyStopping is not null || _hasValidation))
        {
            _network.Keep();
        }

        return stop;
    }

    /// <summary>Puts the best network back where a run that ended so is to give it; false when the last one counts.</summary>
    public bool Restore(StopReason stop)
    {
        var goesBack = _description is null ? stop.Kind != StopKind.Completed : _description.RestoreBest || stop.Kind != StopKind.EarlyStopped;
        return goesBack && _network.Restore();
    }

    public void Exchange(RunState state)
    {
        _earlyStopping?.Exchange(state.Under("earlyStopping"));
        _loss.Exchange(state.Under("loss"));
        _network.Exchange(state.Under("network"));
    }

    public void Dispose() => _network.Dispose();
}
