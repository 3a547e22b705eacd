namespace MLNet.GradStability;

/// <summary>A named fact.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The fact.</param>
/// <param name="IsUsual">Whether it is as usual, and so of less interest.</param>
internal sealed record Fact(string Name, string Value, bool IsUsual = false);

/// <summary>A section of named facts.</summary>
/// <param name="Title">The heading.</param>
/// <param name="About">A line under it; null for none.</param>
/// <param name="Facts">The facts.</param>
internal sealed record FactsSection(string Title, string? About, IReadOnlyList<Fact> Facts) : IReportSection
{
    public bool IsEmpty => Facts.Count == 0;

    public void Write(Markup markup)
    {
        if (About is not null)
        {
            markup.Element("p", About, ("class", "about"));
        }

        markup.Open("div", ("class", "card table options")).Open("table").Open("tbody");
        foreach (var fact in Facts)
        {
            markup.Open("tr", ("class", fact.IsUsual ? "default" : null)).Element("th", fact.Name, ("scope", "row")).Element("td", fact.Value).Close().Line();
        }

        markup.Close().Close().Close();
    }
}
