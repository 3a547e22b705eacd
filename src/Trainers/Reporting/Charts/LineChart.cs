using System.Text;

namespace MLNet.GradStability;

/// <summary>A point of a line, with the lowest and highest of the values that it stands for.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How high; the line has a gap where it is not finite.</param>
internal readonly record struct LinePoint(double X, double Y)
{
    public double Low { get; init; } = double.NaN;

    public double High { get; init; } = double.NaN;
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Style">Its style class.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record LineSeries(string Name, string Style, IReadOnlyList<LinePoint> Points)
{
    /// <summary>The same with every so many points in a row made one: their mean, between their lowest and highest.</summary>
    public LineSeries Merged(int every) => every == 1 ? this : this with { Points = [.. Points.Chunk(every).Select(Mean)] };

    private static LinePoint Mean(LinePoint[] points)
    {
        var values = points.Where(point => double.IsFinite(point.Y)).ToList();
        return new(points[^1].X, values.Count == 0 ? double.NaN : values.Average(point => point.Y))
        {
            Low = values.Select(point => double.IsNaN(point.Low) ? point.Y : point.Low).DefaultIfEmpty(double.NaN).Min(),
            High = values.Select(point => double.IsNaN(point.High) ? point.Y : point.High).DefaultIfEmpty(double.NaN).Max(),
        };
    }
}

/// <summary>Lines over a common axis, with bands between lowest and highest, and marks.</summary>
internal sealed record LineChart : Chart
{
    // Fewer points than this are seen one by one, when lines are few too.
    private const int FewPoints = 60;

    // More are finer than a screen, and make the file large.
    private const int MostPoints = 300;

    // Of many lines the first are told.
    private const int MostTold = 8;

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>The lines; long ones are made shorter, all by as much.</summary>
    public required IReadOnlyList<LineSeries> Series
    {
        get;
        init
        {
            var every = Math.Max(1, (value.Select(series => series.Points.Count).DefaultIfEmpty().Max() + MostPoints - 1) / MostPoints);
            field = [.. value.Select(series => series.Merged(every))];
        }
    }

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>Whether lines are named beside the picture; of many only pointing at them does.</summary>
    public bool HasLegend { get; init; } = true;

    public override bool IsEmpty => !Series.Any(series => series.Points.Any(point => double.IsFinite(point.Y))) && Marks.Count == 0;

    protected override IReadOnlyList<LegendEntry> Legend =>
    [
        .. Series.Where(series => HasLegend && series.Points.Count > 0).Select(series => new LegendEntry(series.Name, $"line {series.Style}")),
        .. Marks.DistinctBy(mark => mark.Name).Select(mark => new LegendEntry(mark.Name, mark.Style, mark.Shape)),
    ];

    protected override string Picture()
    {
        var plot = new Plot(Title, Description, X, Y, [.. Series.SelectMany(series => series.Points).SelectMany(Extent), .. Marks.Select(mark => (mark.X, mark.Y))]);
        foreach (var mark in Marks.Where(mark => mark.HasLine))
        {
            plot.Vertical(mark.X, $"event {mark.Style}");
        }

        // Of many lines the first come out on top.
        foreach (var series in HasLegend ? Series : Series.Reverse())
        {
            Band(plot, series);
            Line(plot, series);
        }

        plot.Strips([.. Rows().Select(row => (row.X, Tip(row)))]);
        foreach (var mark in Marks)
        {
            ChartMark.Draw(plot.Markup, mark.Shape, plot.X(mark.X), double.IsFinite(mark.Y) ? plot.Y(mark.Y) : plot.Y(double.PositiveInfinity), mark.Style, mark.Text);
        }

        return plot.Finish();
    }

    protected override DataTable Table() => new(
        [X.Title, .. Series.Select(series => series.Name)],
        [.. Rows().Select(row => (IReadOnlyList<string>)[Figures.Number(row.X), .. row.Points.Select(point => point is { } known ? Figures.Number(known.Y) : string.Empty)])]);

    private static IEnumerable<(double X, double Y)> Extent(LinePoint point) => [(point.X, point.Y), (point.X, point.Low), (point.X, point.High)];

    private static void Band(Plot plot, LineSeries series)
    {
        foreach (var run in Runs(series.Points.Where(point => double.IsFinite(point.Low) && double.IsFinite(point.High))).Where(run => run.Count > 1 && run.Any(point => point.High > point.Low)))
        {
            var corners = run.Select(point => (point.X, Y: point.High)).Concat(Enumerable.Reverse(run).Select(point => (point.X, Y: point.Low)));
            plot.Markup.Shape("path", ("class", $"band {series.Style}"), ("d", Path(plot, corners) + "z"));
        }
    }

    private void Line(Plot plot, LineSeries series)
    {
        var count = series.Points.Count(point => double.IsFinite(point.Y));
        plot.Markup.Open("g", ("class", $"line {series.Style}"), ("data-series", series.Name), ("data-points", FormattableString.Invariant($"{count}")));
        foreach (var run in Runs(series.Points))
        {
            plot.Markup.Shape("path", ("d", Path(plot, run.Select(point => (point.X, point.Y)))));
            foreach (var point in run.Where(_ => (HasLegend && count <= FewPoints) || run.Count == 1))
            {
                plot.Markup.Shape("circle", ("cx", Markup.At(plot.X(point.X))), ("cy", Markup.At(plot.Y(point.Y))), ("r", "2.2"));
            }
        }

        plot.Markup.Close();
    }

    private static string Path(Plot plot, IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Markup.At(plot.X(x))).Append(' ').Append(Markup.At(plot.Y(y)));
        }

        return path.ToString();
    }

    /// <summary>The points between gaps.</summary>
    private static IEnumerable<IReadOnlyList<LinePoint>> Runs(IEnumerable<LinePoint> points)
    {
        var run = new List<LinePoint>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    /// <summary>The points of all lines, place by place.</summary>
    private List<(double X, LinePoint?[] Points)> Rows()
    {
        var rows = new SortedDictionary<double, LinePoint?[]>();
        for (var i = 0; i < Series.Count; i++)
        {
            foreach (var point in Series[i].Points)
            {
                if (!rows.TryGetValue(point.X, out var row))
                {
                    rows.Add(point.X, row = new LinePoint?[Series.Count]);
                }

                row[i] = point;
            }
        }

        return [.. rows.Select(row => (row.Key, row.Value))];
    }

    private string Tip((double X, LinePoint?[] Points) row)
    {
        var lines = new List<string> { $"{X.Label} {Figures.Number(row.X)}" };
        for (var i = 0; i < Series.Count && lines.Count <= MostTold; i++)
        {
            if (row.Points[i] is { } point)
            {
                var range = point.High > point.Low ? $" ({Figures.Number(point.Low)} to {Figures.Number(point.High)})" : string.Empty;
                lines.Add($"{Series[i].Name}: {Figures.Number(point.Y)}{range}");
            }
        }

        return string.Join('\n', lines);
    }
}
