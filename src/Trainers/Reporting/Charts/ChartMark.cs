namespace MLNet.GradStability;

/// <summary>The shape of a mark; kinds of marks differ by it, and not by colour alone.</summary>
internal enum MarkShape
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A triangle.</summary>
    Triangle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>Two crossed lines.</summary>
    Cross,
}

/// <summary>Something that happened at one place of a chart.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How high; not finite for the upper edge.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Style">Its style class.</param>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Text">What it says.</param>
internal sealed record ChartMark(double X, double Y, MarkShape Shape, string Style, string Name, string Text)
{
    /// <summary>Whether a line over the whole height goes with it.</summary>
    public bool HasLine { get; init; }

    /// <summary>Draws a shape around a point.</summary>
    public static void Draw(Markup markup, MarkShape shape, double x, double y, string style, string? tip = null)
    {
        const double R = 5;
        var path = shape switch
        {
            MarkShape.Triangle => FormattableString.Invariant($"M{x:0.#} {y - R:0.#}l{R} {1.8 * R}h{-2 * R}z"),
            MarkShape.Square => FormattableString.Invariant($"M{x - R + 0.5:0.#} {y - R + 0.5:0.#}h9v9h-9z"),
            MarkShape.Diamond => FormattableString.Invariant($"M{x:0.#} {y - R - 0.5:0.#}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"),
            MarkShape.Cross => FormattableString.Invariant($"M{x - R:0.#} {y - R:0.#}l10 10m0 -10l-10 10"),
            _ => FormattableString.Invariant($"M{x - R + 1:0.#} {y:0.#}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
        };
        markup.Shape("path", ("d", path), ("class", $"mark {style}"), ("data-tip", tip));
    }
}
