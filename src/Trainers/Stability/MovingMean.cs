namespace MLNet.GradStability;

/// <summary>The mean of the last so many numbers, 0 or greater.</summary>
internal sealed class MovingMean(int capacity)
{
    private readonly List<double> _ring = [];
    private int _oldest;

    public bool IsFull => _ring.Count == capacity;

    // Summed anew each time: some hundred additions are nothing beside a step, and rounding does not add up.
    public double Mean => _ring.Sum() / _ring.Count;

    /// <summary>Standard error of the mean.</summary>
    public double Error
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(_ring.Sum(value => (value - mean) * (value - mean))) / _ring.Count;
        }
    }

    public void Add(double value)
    {
        if (IsFull)
        {
            _ring[_oldest] = value;
            _oldest = (_oldest + 1) % capacity;
        }
        else
        {
            _ring.Add(value);
        }
    }

    public void Clear()
    {
        _ring.Clear();
        _oldest = 0;
    }

    public void Exchange(RunState state)
    {
        state.Exchange("ring", _ring);
        state.Exchange("oldest", ref _oldest);
    }
}
