namespace MLNet.GradStability;

/// <summary>Colours for numbers: viridis, which rises evenly in brightness and is told apart by colour-blind readers and in grey print.</summary>
internal static class ColourScale
{
    private static readonly (int R, int G, int B)[] Stops =
        [(68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129), (92, 200, 99), (170, 220, 50), (253, 231, 37)];

    /// <summary>The colour at a place from 0 to 1.</summary>
    public static string At(double position)
    {
        var place = Math.Clamp(position, 0, 1) * (Stops.Length - 1);
        var i = Math.Min((int)place, Stops.Length - 2);
        var (from, to, share) = (Stops[i], Stops[i + 1], place - i);
        return FormattableString.Invariant($"#{Mix(from.R, to.R, share):x2}{Mix(from.G, to.G, share):x2}{Mix(from.B, to.B, share):x2}");
    }

    /// <summary>Draws the colours with their values.</summary>
    public static void Key(Markup markup, Axis axis, ChartScale scale, double left, double right, double top)
    {
        const int Pieces = 48;
        var width = (right - left) / Pieces;
        for (var i = 0; i < Pieces; i++)
        {
            markup.Shape("rect", ("x", Markup.At(left + (i * width))), ("y", Markup.At(top)), ("width", Markup.At(width + 0.4)), ("height", "8"), ("fill", At((i + 0.5) / Pieces)));
        }

        foreach (var tick in scale.Ticks(5))
        {
            markup.Element("text", tick.Text, ("x", Markup.At(left + ((right - left) * scale.Position(tick.Value)))), ("y", Markup.At(top + 22)), ("class", "tick-x"));
        }

        markup.Element("text", axis.Title, ("x", Markup.At((left + right) / 2)), ("y", Markup.At(top + 37)), ("class", "axis-x"));
    }

    private static int Mix(int from, int to, double share) => (int)Math.Round(from + ((to - from) * share));
}
