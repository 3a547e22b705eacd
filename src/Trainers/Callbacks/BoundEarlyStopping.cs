namespace MLNet.GradStability;

/// <summary>An <see cref="EarlyStopping"/> at work in one fit. Whoever calls it keeps the weights of each epoch that <see cref="Improved"/>.</summary>
internal sealed class BoundEarlyStopping(EarlyStopping description, string metricName, bool higherMetricIsBetter)
{
    private readonly BestValue _best = new(description.Monitor.IsHigherBetter(description.Mode, higherMetricIsBetter), description.MinDelta);
    private int _waited;

    /// <summary>Whether the last epoch is the best so far, so that its weights are to be kept.</summary>
    public bool Improved { get; private set; }

    /// <summary>The best epoch so far; 0 before there is one.</summary>
    public int BestEpoch => _best.Epoch;

    /// <summary>Takes an epoch in; a reason when the training is to end.</summary>
    public StopReason? EpochEnded(EpochRecord epoch)
    {
        Improved = _best.Improves(epoch.Of(description.Monitor), epoch.Epoch);
        _waited = Improved ? 0 : _waited + 1;
        return _waited < description.Patience ? null : StopReason.EarlyStopped(
            epoch.Epoch, description.Monitor.Words(metricName), description.Patience, _best.Epoch, _best.Value, description.RestoreBest);
    }

    public void Exchange(RunState state)
    {
        _best.Exchange(state.Under("best"));
        state.Exchange("waited", ref _waited);
    }
}
