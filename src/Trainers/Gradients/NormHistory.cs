namespace MLNet.GradStability;

/// <summary>The last so many norms, in order of arrival and sorted.</summary>
internal sealed class NormHistory(int capacity)
{
    private readonly List<double> _ring = [];
    private readonly List<double> _sorted = [];
    private int _oldest;

    /// <summary>The norms, oldest first.</summary>
    public IReadOnlyCollection<double> Norms => [.. _ring.Skip(_oldest), .. _ring.Take(_oldest)];

    public int Count => _ring.Count;

    /// <summary>Adds a finite norm, and drops the oldest when the history is full.</summary>
    public void Add(double norm)
    {
        if (_ring.Count < capacity)
        {
            _ring.Add(norm);
        }
        else
        {
            _sorted.RemoveAt(_sorted.BinarySearch(_ring[_oldest]));
            _ring[_oldest] = norm;
            _oldest = (_oldest + 1) % capacity;
        }

        var place = _sorted.BinarySearch(norm);
        _sorted.Insert(place < 0 ? ~place : place, norm);
    }

    public void Clear()
    {
        _ring.Clear();
        _sorted.Clear();
        _oldest = 0;
    }

    /// <summary>The p-th percentile, interpolated linearly between neighbours (numpy's default).</summary>
    public double Percentile(double p)
    {
        var place = p / 100 * (_sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, _sorted.Count - 1);
        return _sorted[below] + ((_sorted[above] - _sorted[below]) * (place - below));
    }

    public void Exchange(RunState state)
    {
        state.Exchange("norms", _ring);
        state.Exchange("sorted", _sorted);
        state.Exchange("oldest", ref _oldest);
    }
}
