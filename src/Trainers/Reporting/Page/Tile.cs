namespace MLNet.GradStability;

/// <summary>A figure that is read first.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The figure.</param>
/// <param name="More">A word on it; null for none.</param>
internal sealed record Tile(string Name, string Value, string? More = null)
{
    /// <summary>Writes them side by side.</summary>
    public static void Write(Markup markup, IEnumerable<Tile> tiles)
    {
        markup.Open("dl", ("class", "tiles"));
        foreach (var tile in tiles)
        {
            markup.Open("div").Element("dt", tile.Name).Open("dd").Text(tile.Value);
            if (tile.More is not null)
            {
                markup.Element("span", tile.More, ("class", "small"));
            }

            markup.Close().Close();
        }

        markup.Close().Line();
    }
}
