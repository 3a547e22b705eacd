namespace MLNet.GradStability;

/// <summary>The best value of a monitored number so far: what counts as better, and the epoch it was seen in. A value that is not finite never counts.</summary>
internal sealed class BestValue(bool higherIsBetter, double minDelta)
{
    /// <summary>NaN before there is one.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>0 before there is one.</summary>
    public int Epoch { get; private set; }

    /// <summary>Takes a value in; true when it beats the best by more than minDelta, and so becomes it.</summary>
    public bool Improves(double value, int epoch)
    {
        var better = double.IsFinite(value) && (Epoch == 0 || (higherIsBetter ? value - minDelta > Value : value + minDelta < Value));
        if (better)
        {
            (Value, Epoch) = (value, epoch);
        }

        return better;
    }

    public void Exchange(RunState state)
    {
        var (value, epoch) = (Value, Epoch);
        state.Exchange("value", ref value);
        state.Exchange("epoch", ref epoch);
        (Value, Epoch) = (value, epoch);
    }
}
