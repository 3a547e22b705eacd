namespace MLNet.GradStability;

/// <summary>A sign in a legend.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Style">The style class of the sign.</param>
/// <param name="Shape">How it looks.</param>
internal sealed record LegendEntry(string Name, string Style, MarkShape? Shape = null);

/// <summary>What every chart has: a title, a description, a legend, a picture, and the same as a table. A chart knows nothing of what its numbers mean.</summary>
internal abstract record Chart
{
    public required string Title { get; init; }

    /// <summary>What it shows, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Whether there is anything to show.</summary>
    public abstract bool IsEmpty { get; }

    protected virtual IReadOnlyList<LegendEntry> Legend => [];

    /// <summary>Whether it takes the whole width of the page, and scrolls on a phone.</summary>
    protected virtual bool IsWide => false;

    /// <summary>Writes it as a figure; nothing when there is nothing to show.</summary>
    public void Write(Markup markup)
    {
        if (IsEmpty)
        {
            return;
        }

        markup.Open("figure", ("class", IsWide ? "wide" : null)).Open("figcaption").Element("h3", Title).Element("p", Description).Close();
        if (Legend.Count > 0)
        {
            markup.Open("ul", ("class", "legend"));
            foreach (var entry in Legend)
            {
                markup.Open("li").Open("svg", ("viewBox", "0 0 24 12"), ("aria-hidden", "true"));
                if (entry.Shape is { } shape)
                {
                    ChartMark.Draw(markup, shape, 12, 6, entry.Style);
                }
                else
                {
                    markup.Shape("line", ("class", entry.Style), ("x1", "1"), ("x2", "23"), ("y1", "6"), ("y2", "6"));
                }

                markup.Close().Text(entry.Name).Close();
            }

            markup.Close();
        }

        if (IsWide)
        {
            markup.Open("div", ("class", "scroll"), ("tabindex", "0")).Trusted(Picture()).Close();
        }
        else
        {
            markup.Trusted(Picture());
        }

        if (Table() is { } table)
        {
            markup.Open("details").Element("summary", "as a table");
            table.Write(markup);
            markup.Close();
        }

        markup.Close().Line();
    }

    /// <summary>The picture, as markup.</summary>
    protected abstract string Picture();

    /// <summary>Its numbers; null when they are told in another place.</summary>
    protected abstract DataTable? Table();
}
