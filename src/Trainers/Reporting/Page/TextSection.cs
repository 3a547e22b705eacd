namespace MLNet.GradStability;

/// <summary>A section of plain text, shown as it is spaced.</summary>
/// <param name="Title">The heading.</param>
/// <param name="About">A line under it.</param>
/// <param name="Content">The text.</param>
internal sealed record TextSection(string Title, string About, string Content) : IReportSection
{
    public bool IsEmpty => Content.Length == 0;

    public void Write(Markup markup) => markup.Element("p", About, ("class", "about")).Element("pre", Content);
}
