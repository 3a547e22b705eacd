using System.Text;

namespace MLNet.GradStability;

/// <summary>An axis of parallel coordinates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ticks">Places along it, from 0 at the bottom to 1 at the top, and what stands there.</param>
internal sealed record ParallelAxis(string Name, IReadOnlyList<(double Place, string Text)> Ticks);

/// <summary>A line through all axes.</summary>
/// <param name="Places">Its place on each axis, from 0 to 1; null where it has none.</param>
/// <param name="Style">Its style class.</param>
/// <param name="Strength">How much it stands out, from 0 to 1.</param>
/// <param name="Text">What it says.</param>
internal sealed record ParallelLine(IReadOnlyList<double?> Places, string Style, double Strength, string Text);

/// <summary>Parallel coordinates: things of many numbers as lines through an axis for each. What has no number on an axis passes below it.</summary>
internal sealed record ParallelChart : Chart
{
    private const double Top = 34;
    private const double Bottom = 268;
    private const double Absent = 284;
    private const double Height = 296;
    private const double Margin = 60;
    private const double Spacing = 128;
    private const double LeastWidth = 900;
    private const int LongestText = 19;

    public required IReadOnlyList<ParallelAxis> Axes { get; init; }

    /// <summary>The lines; the last is drawn on top.</summary>
    public required IReadOnlyList<ParallelLine> Lines { get; init; }

    /// <summary>What styles mean.</summary>
    public IReadOnlyList<LegendEntry> Styles { get; init; } = [];

    public override bool IsEmpty => Lines.Count == 0;

    protected override bool IsWide => true;

    protected override IReadOnlyList<LegendEntry> Legend => Styles;

    protected override string Picture()
    {
        var width = Math.Max(LeastWidth, (2 * Margin) + (Spacing * Axes.Count));
        var markup = new Markup();
        Plot.Svg(markup, Title, Description, width, Height);
        markup.Open("g", ("class", "paths"));
        foreach (var line in Lines)
        {
            markup.Shape("path", ("d", Path(line, width)), ("class", line.Style), ("stroke-opacity", FormattableString.Invariant($"{line.Strength:0.##}")), ("data-tip", line.Text));
        }

        markup.Close();
        var hasAbsent = Lines.Any(line => line.Places.Any(place => place is null));
        for (var i = 0; i < Axes.Count; i++)
        {
            var x = X(i, width);
            markup.Shape("line", ("class", "frame"), ("x1", Markup.At(x)), ("x2", Markup.At(x)), ("y1", Markup.At(Top)), ("y2", Markup.At(Bottom)));
            markup.Element("text", Short(Axes[i].Name), ("x", Markup.At(x)), ("y", "18"), ("class", "axis-x halo"));
            foreach (var (place, text) in Axes[i].Ticks)
            {
                markup.Element("text", Short(text), ("x", Markup.At(x + 5)), ("y", Markup.At(Y(place))), ("class", "tick-r halo"));
            }

            if (hasAbsent && Lines.Any(line => line.Places[i] is null))
            {
                markup.Element("text", "–", ("x", Markup.At(x + 5)), ("y", Markup.At(Absent)), ("class", "tick-r halo"));
            }
        }

        return markup.Close().ToString();
    }

    protected override DataTable? Table() => null;

    private static string Short(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";

    private static double Y(double? place) => place is { } known ? Bottom - ((Bottom - Top) * Math.Clamp(known, 0, 1)) : Absent;

    private double X(int axis, double width) => Axes.Count == 1 ? width / 2 : Margin + ((width - (2 * Margin) - (Spacing / 2)) * axis / (Axes.Count - 1));

    private string Path(ParallelLine line, double width)
    {
        var path = new StringBuilder();
        for (var i = 0; i < line.Places.Count; i++)
        {
            path.Append(i == 0 ? 'M' : 'L').Append(Markup.At(X(i, width))).Append(' ').Append(Markup.At(Y(line.Places[i])));
        }

        return path.ToString();
    }
}
