namespace MLNet.GradStability;

/// <summary>A bar.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its length; none is drawn where it is not finite.</param>
/// <param name="Text">What it says; null for its name and value.</param>
internal sealed record Bar(string Name, double Value, string? Text = null);

/// <summary>Bars from left to right, one under the other.</summary>
internal sealed record BarChart : Chart
{
    private const double Left = 132;
    private const double Right = 428;
    private const double Top = 4;
    private const double Row = 20;
    private const int LongestName = 21;

    /// <summary>The axis of the lengths.</summary>
    public required Axis Value { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>How a value is written.</summary>
    public Func<double, string> Format { get; init; } = Figures.Number;

    public override bool IsEmpty => !Bars.Any(bar => double.IsFinite(bar.Value));

    protected override string Picture()
    {
        var scale = ChartScale.Over(Value with { From = Value.From ?? 0 }, Bars.Select(bar => bar.Value));
        var bottom = Top + (Bars.Count * Row);
        var markup = new Markup();
        Plot.Svg(markup, Title, Description, Plot.Width, bottom + 44);
        foreach (var tick in scale.Ticks(5))
        {
            var at = Markup.At(X(tick.Value));
            markup.Shape("line", ("class", "rule"), ("x1", at), ("x2", at), ("y1", Markup.At(Top)), ("y2", Markup.At(bottom)));
            markup.Element("text", Format(tick.Value), ("x", at), ("y", Markup.At(bottom + 15)), ("class", "tick-x"));
        }

        for (var i = 0; i < Bars.Count; i++)
        {
            var (bar, top) = (Bars[i], Top + (i * Row));
            var length = double.IsFinite(bar.Value) ? X(bar.Value) - Left : 0;
            markup.Element("text", Short(bar.Name), ("x", Markup.At(Left - 6)), ("y", Markup.At(top + (Row / 2))), ("class", "tick-y"));
            markup.Shape("rect", ("class", "bar"), ("x", Markup.At(Left)), ("y", Markup.At(top + 3)), ("width", Markup.At(Math.Max(0.5, length))), ("height", Markup.At(Row - 6)), ("data-tip", bar.Text ?? $"{bar.Name}\n{Value.Label} {Format(bar.Value)}"));
            markup.Element("text", Format(bar.Value), ("x", Markup.At(Left + length + 5)), ("y", Markup.At(top + (Row / 2))), ("class", "bar-value"));
        }

        markup.Element("text", Value.Title, ("x", Markup.At((Left + Right) / 2)), ("y", Markup.At(bottom + 33)), ("class", "axis-x"));
        return markup.Close().ToString();

        double X(double value) => Left + ((Right - Left) * scale.Position(value));
    }

    protected override DataTable Table() => new(["name", Value.Title], [.. Bars.Select(bar => (IReadOnlyList<string>)[bar.Name, Format(bar.Value)])]) { Texts = new HashSet<int> { 0 } };

    private static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 8)]}…{name[^7..]}";
}
