namespace MLNet.GradStability;

/// <summary>A table with a header; long ones are cut short and say so.</summary>
/// <param name="Headers">Its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record DataTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostRows = 300;

    // Shorter texts stay in one line.
    private const int LongText = 36;

    /// <summary>Columns that hold text; the others are numbers, which stand at the right.</summary>
    public IReadOnlySet<int> Texts { get; init; } = new HashSet<int>();

    /// <summary>What is said of the rows that were left out; receives how many there are in all.</summary>
    public Func<int, string> CutShort { get; init; } = count => $"The first {MostRows} of {Figures.Count(count)} rows.";

    public void Write(Markup markup)
    {
        markup.Open("div", ("class", "table")).Open("table").Open("thead").Open("tr");
        for (var i = 0; i < Headers.Count; i++)
        {
            markup.Element("th", Headers[i], ("scope", "col"), ("class", Texts.Contains(i) ? null : "number"));
        }

        markup.Close().Close().Open("tbody");
        foreach (var row in Rows.Take(MostRows))
        {
            markup.Open("tr");
            for (var i = 0; i < row.Count; i++)
            {
                markup.Element("td", row[i], ("class", Style(i, row[i])));
            }

            markup.Close().Line();
        }

        markup.Close().Close().Close();
        if (Rows.Count > MostRows)
        {
            markup.Element("p", CutShort(Rows.Count), ("class", "note"));
        }
    }

    private string Style(int column, string text) => !Texts.Contains(column) ? "number" : text.Length > LongText ? "long" : "short";
}
