namespace MLNet.GradStability;

/// <summary>The receiver operating characteristic: true against false positives as the threshold falls, and the area below.</summary>
internal sealed class RocCurve
{
    // More points than a chart can show are none the better.
    private const int MostPoints = 200;
    private readonly List<(double Score, bool IsPositive)> _scores = [];

    /// <summary>Takes in a row. A score of NaN counts for nothing.</summary>
    public void Add(double score, bool isPositive)
    {
        if (!double.IsNaN(score))
        {
            _scores.Add((score, isPositive));
        }
    }

    /// <summary>The curve from (0, 0) to (1, 1) and its area, equal scores taken at once; empty and NaN when a class is missing.</summary>
    public (IReadOnlyList<(double False, double True)> Points, double Area) Measure()
    {
        double positives = _scores.Count(score => score.IsPositive);
        var negatives = _scores.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return ([], double.NaN);
        }

        var points = new List<(double False, double True)> { (0, 0) };
        var (right, wrong, area) = (0.0, 0.0, 0.0);
        foreach (var tie in _scores.GroupBy(score => score.Score).OrderByDescending(tie => tie.Key))
        {
            var (rightBefore, wrongBefore) = (right, wrong);
            right += tie.Count(score => score.IsPositive);
            wrong += tie.Count(score => !score.IsPositive);
            area += (wrong - wrongBefore) * (right + rightBefore) / 2;
            points.Add((wrong / negatives, right / positives));
        }

        var every = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        return ([.. points.Where((_, i) => i % every == 0 || i == points.Count - 1)], area / positives / negatives);
    }

    /// <summary>The curve as a chart.</summary>
    public LineChart Chart()
    {
        var (points, area) = Measure();
        return new LineChart
        {
            Title = "ROC curve",
            Description = $"True against false positives as the threshold falls; chance lies on the diagonal. Area {Figures.Number(area)}.",
            X = new Axis("false positive rate") { From = 0, To = 1 },
            Y = new Axis("true positive rate") { From = 0, To = 1 },
            Series =
            [
                new("this network", "s0", [.. points.Select(point => new LinePoint(point.False, point.True))]),
                new("chance", "s1", points.Count == 0 ? [] : [new(0, 0), new(1, 1)]),
            ],
        };
    }
}
