namespace MLNet.GradStability;

/// <summary>What a network is worth on rows that were scored with it.</summary>
/// <param name="Name">What the rows are called.</param>
internal abstract record EvaluationSection(string Name) : IReportSection
{
    public string Title => $"Evaluation: {Name}";

    public abstract bool IsEmpty { get; }

    protected abstract IEnumerable<Tile> Tiles { get; }

    protected abstract IReadOnlyList<Chart> Charts { get; }

    protected virtual ConfusionMatrix? Confusion => null;

    public void Write(Markup markup)
    {
        Tile.Write(markup, Tiles);
        markup.Open("div", ("class", "grid"));
        Confusion?.Write(markup);
        foreach (var chart in Charts)
        {
            chart.Write(markup);
        }

        markup.Close();
    }
}
