namespace MLNet.GradStability;

/// <summary>The network of the best epoch so far: weights and running statistics.</summary>
/// <param name="exchange">Writes and reads the network.</param>
internal sealed class BestNetwork(Action<RunState> exchange) : IDisposable
{
    private readonly StateSnapshot _best = new();
    private bool _isKept;

    public void Keep()
    {
        _best.Capture(exchange);
        _isKept = true;
    }

    /// <summary>Puts it back; false when none was kept.</summary>
    public bool Restore()
    {
        if (_isKept)
        {
            _best.Restore(exchange);
        }

        return _isKept;
    }

    public void Exchange(RunState state)
    {
        state.Exchange("isKept", ref _isKept);
        state.Exchange("network", _best);
    }

    public void Dispose() => _best.Dispose();
}
