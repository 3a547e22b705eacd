namespace MLNet.GradStability;

/// <summary>The SVG of a chart with two axes: its frame, its grid, and where values lie in it.</summary>
internal sealed class Plot
{
    public const double Width = 480;
    public const double Height = 290;
    private const double Left = 62;
    private const double Right = 468;
    private const double Top = 10;
    private const double Bottom = 244;
    private readonly ChartScale _x;
    private readonly ChartScale _y;

    /// <param name="title">The title, for those who do not see it.</param>
    /// <param name="description">What it shows, for the same.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="points">All points.</param>
    public Plot(string title, string description, Axis x, Axis y, IReadOnlyCollection<(double X, double Y)> points)
    {
        _x = ChartScale.Over(x, points.Select(point => point.X));
        _y = ChartScale.Over(y, points.Select(point => point.Y));
        Svg(Markup, title, description, Width, Height);
        Grid(x, y);
    }

    public Markup Markup { get; } = new();

    public double X(double value) => Left + ((Right - Left) * _x.Position(value));

    public double Y(double value) => Bottom - ((Bottom - Top) * _y.Position(value));

    /// <summary>Opens an SVG that screen readers read as a picture with a title and a description.</summary>
    public static void Svg(Markup markup, string title, string description, double width, double height) => markup
        .Open("svg", ("viewBox", FormattableString.Invariant($"0 0 {width:0} {height:0}")), ("role", "img"), ("aria-label", $"{title}. {description}"))
        .Element("title", title)
        .Element("desc", description);

    /// <summary>Strips over the whole height, one for each place on the horizontal axis, that say what is there.</summary>
    public void Strips(IReadOnlyList<(double X, string Text)> places)
    {
        Markup.Open("g", ("class", "strips"));
        for (var i = 0; i < places.Count; i++)
        {
            var here = X(places[i].X);
            var from = i == 0 ? Left : (X(places[i - 1].X) + here) / 2;
            var to = i == places.Count - 1 ? Right : (here + X(places[i + 1].X)) / 2;
            Markup.Shape("rect", ("x", Markup.At(from)), ("y", Markup.At(Top)), ("width", Markup.At(Math.Max(0, to - from))), ("height", Markup.At(Bottom - Top)), ("data-tip", places[i].Text));
        }

        Markup.Close();
    }

    /// <summary>A line over the whole height.</summary>
    public void Vertical(double value, string style) =>
        Markup.Shape("line", ("class", style), ("x1", Markup.At(X(value))), ("x2", Markup.At(X(value))), ("y1", Markup.At(Top)), ("y2", Markup.At(Bottom)));

    public string Finish() => Markup.Close().ToString();

    private void Grid(Axis x, Axis y)
    {
        Markup.Open("g", ("class", "axes"));
        foreach (var tick in _y.Ticks(6))
        {
            var at = Markup.At(Y(tick.Value));
            Markup.Shape("line", ("class", "rule"), ("x1", Markup.At(Left)), ("x2", Markup.At(Right)), ("y1", at), ("y2", at));
            Markup.Element("text", tick.Text, ("x", Markup.At(Left - 6)), ("y", at), ("class", "tick-y"));
        }

        foreach (var tick in _x.Ticks(5))
        {
            var at = Markup.At(X(tick.Value));
            Markup.Shape("line", ("class", "rule"), ("x1", at), ("x2", at), ("y1", Markup.At(Top)), ("y2", Markup.At(Bottom)));
            Markup.Element("text", tick.Text, ("x", at), ("y", Markup.At(Bottom + 16)), ("class", "tick-x"));
        }

        Markup.Shape("line", ("class", "frame"), ("x1", Markup.At(Left)), ("x2", Markup.At(Right)), ("y1", Markup.At(Bottom)), ("y2", Markup.At(Bottom)));
        Markup.Element("text", x.Title, ("x", Markup.At((Left + Right) / 2)), ("y", Markup.At(Bottom + 37)), ("class", "axis-x"));
        Markup.Element("text", y.Title, ("transform", FormattableString.Invariant($"translate(13 {(Top + Bottom) / 2:0}) rotate(-90)")), ("class", "axis-y"));
        Markup.Close();
    }
}
