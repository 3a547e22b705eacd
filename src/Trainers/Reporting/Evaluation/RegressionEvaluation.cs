namespace MLNet.GradStability;

/// <summary>Numbers against predicted ones; of a vector label, all its numbers together.</summary>
/// <param name="Name">What the rows are called.</param>
/// <param name="What">What is counted: rows, or numbers of a vector label.</param>
internal sealed record RegressionEvaluation(string Name, string What) : EvaluationSection(Name)
{
    private const int MostPoints = 1000;
    private readonly PointSample _points = new(MostPoints);
    private long _rows;
    private long _missing;
    private double _mean;
    private double _squares;
    private double _errors;
    private double _absolute;
    private double _bias;

    public override bool IsEmpty => _rows + _missing == 0;

    /// <summary>Takes in a row, or a number of one.</summary>
    /// <param name="actual">The label.</param>
    /// <param name="predicted">The score.</param>
    public void Add(double actual, double predicted)
    {
        if (!double.IsFinite(actual) || !double.IsFinite(predicted))
        {
            _missing++;
            return;
        }

        _rows++;
        var error = predicted - actual;
        var difference = actual - _mean;
        _mean += difference / _rows;
        _squares += difference * (actual - _mean);
        _errors += error * error;
        _absolute += Math.Abs(error);
        _bias += error;
        _points.Add(predicted, actual);
    }

    protected override IEnumerable<Tile> Tiles =>
    [
        new("RMSE", Figures.Number(Math.Sqrt(_errors / _rows)), "in units of the label"),
        new("mean absolute error", Figures.Number(_absolute / _rows)),
        new("R²", Figures.Number(1 - (_errors / _squares)), "1 is perfect, 0 the mean"),
        new("bias", Figures.Number(_bias / _rows), "mean of predicted − actual"),
        new(What, Figures.Count(_rows), _missing > 0 ? $"{Figures.Count(_missing)} left out: not finite" : null),
    ];

    protected override IReadOnlyList<Chart> Charts
    {
        get
        {
            var points = _points.Points;
            var ends = points.SelectMany(point => new[] { point.X, point.Y }).DefaultIfEmpty(0).ToList();
            var (low, high) = (ends.Min(), ends.Max());
            var of = _rows > points.Count ? $" {Figures.Count(points.Count)} of {Figures.Count(_rows)} are shown." : string.Empty;
            return
            [
                new ScatterChart
                {
                    Title = "Predicted and actual",
                    Description = $"A perfect prediction lies on the dashed line.{of}",
                    X = new Axis("predicted"),
                    Y = new Axis("actual"),
                    Reference = [(low, low), (high, high)],
                    Points = [.. points.Select(point => new ScatterPoint(point.X, point.Y))],
                },
                new ScatterChart
                {
                    Title = "Residuals",
                    Description = $"What is left of the label after the prediction; without a pattern there is nothing more to learn from it.{of}",
                    X = new Axis("predicted"),
                    Y = new Axis("actual − predicted"),
                    Reference = points.Count == 0 ? [] : [(points.Min(point => point.X), 0), (points.Max(point => point.X), 0)],
                    Points = [.. points.Select(point => new ScatterPoint(point.X, point.Y - point.X))],
                },
            ];
        }
    }
}
