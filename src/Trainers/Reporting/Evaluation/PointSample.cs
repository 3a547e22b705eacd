namespace MLNet.GradStability;

/// <summary>At most so many of a stream of points, evenly: whenever there are too many, every second goes, and from then on every second is taken.</summary>
/// <param name="most">The most that are kept.</param>
internal sealed class PointSample(int most)
{
    private readonly List<(double X, double Y)> _points = [];
    private long _every = 1;
    private long _count;

    public IReadOnlyList<(double X, double Y)> Points => _points;

    public void Add(double x, double y)
    {
        if (_count++ % _every != 0)
        {
            return;
        }

        _points.Add((x, y));
        if (_points.Count > most)
        {
            var kept = _points.Where((_, i) => i % 2 == 0).ToList();
            _points.Clear();
            _points.AddRange(kept);
            _every *= 2;
        }
    }
}
