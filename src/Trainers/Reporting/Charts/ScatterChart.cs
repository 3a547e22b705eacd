namespace MLNet.GradStability;

/// <summary>A point of a scatter chart.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How high.</param>
/// <param name="Text">What it says; null for its coordinates.</param>
/// <param name="Radius">How large it is drawn.</param>
internal readonly record struct ScatterPoint(double X, double Y, string? Text = null, double Radius = 2.6);

/// <summary>Single points, with a line to compare them with.</summary>
internal sealed record ScatterChart : Chart
{
    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<ScatterPoint> Points { get; init; }

    /// <summary>The ends of the line to compare with; empty for none.</summary>
    public IReadOnlyList<(double X, double Y)> Reference { get; init; } = [];

    public override bool IsEmpty => !Points.Any(IsShown);

    protected override string Picture()
    {
        var plot = new Plot(Title, Description, X, Y, [.. Points.Select(point => (point.X, point.Y)), .. Reference]);
        for (var i = 1; i < Reference.Count; i++)
        {
            var (from, to) = (Reference[i - 1], Reference[i]);
            plot.Markup.Shape("line", ("class", "reference"), ("x1", Markup.At(plot.X(from.X))), ("y1", Markup.At(plot.Y(from.Y))), ("x2", Markup.At(plot.X(to.X))), ("y2", Markup.At(plot.Y(to.Y))));
        }

        plot.Markup.Open("g", ("class", "dots"));
        foreach (var point in Points.Where(IsShown))
        {
            plot.Markup.Shape(
                "circle",
                ("cx", Markup.At(plot.X(point.X))),
                ("cy", Markup.At(plot.Y(point.Y))),
                ("r", Markup.At(point.Radius)),
                ("data-tip", point.Text ?? $"{X.Label} {Figures.Number(point.X)}\n{Y.Label} {Figures.Number(point.Y)}"));
        }

        plot.Markup.Close();
        return plot.Finish();
    }

    protected override DataTable Table() => new(
        [X.Title, Y.Title], [.. Points.Select(point => (IReadOnlyList<string>)[Figures.Number(point.X), Figures.Number(point.Y)])]);

    private static bool IsShown(ScatterPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);
}
