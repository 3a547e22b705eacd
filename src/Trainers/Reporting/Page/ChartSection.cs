namespace MLNet.GradStability;

/// <summary>A section of charts side by side.</summary>
/// <param name="Title">The heading.</param>
/// <param name="About">A line under it.</param>
/// <param name="Charts">The charts; those with nothing to show are left out.</param>
internal sealed record ChartSection(string Title, string About, IReadOnlyList<Chart> Charts) : IReportSection
{
    public bool IsEmpty => Charts.All(chart => chart.IsEmpty);

    public void Write(Markup markup)
    {
        markup.Element("p", About, ("class", "about")).Open("div", ("class", "grid"));
        foreach (var chart in Charts)
        {
            chart.Write(markup);
        }

        markup.Close();
    }
}
