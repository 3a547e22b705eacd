namespace MLNet.GradStability;

/// <summary>A section with a table.</summary>
/// <param name="Title">The heading.</param>
/// <param name="About">A line under it.</param>
/// <param name="Table">The table.</param>
internal sealed record TableSection(string Title, string About, DataTable Table) : IReportSection
{
    public bool IsEmpty => Table.Rows.Count == 0;

    public void Write(Markup markup)
    {
        markup.Element("p", About, ("class", "about")).Open("div", ("class", "card"));
        Table.Write(markup);
        markup.Close();
    }
}
