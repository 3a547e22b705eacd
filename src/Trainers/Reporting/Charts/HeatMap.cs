namespace MLNet.GradStability;

/// <summary>A row of a heat map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, one a column; NaN where there is none.</param>
internal sealed record HeatRow(string Name, IReadOnlyList<double> Values);

/// <summary>Values of rows over a common axis as colours, dark for low and bright for high.</summary>
internal sealed record HeatMap : Chart
{
    private const double Left = 92;
    private const double Right = 468;
    private const double Top = 6;

    // So many cells are as fine as a screen shows them, and keep the file small.
    private const int MostCells = 4000;
    private const int FewestColumns = 16;
    private const int MostColumns = 100;
    private const int LongestName = 16;

    /// <summary>The axis along the columns.</summary>
    public required Axis X { get; init; }

    /// <summary>The axis of the colours.</summary>
    public required Axis Colour { get; init; }

    /// <summary>Where the columns lie, from left to right.</summary>
    public required IReadOnlyList<double> Columns { get; init; }

    public required IReadOnlyList<HeatRow> Rows { get; init; }

    public override bool IsEmpty => !Rows.Any(row => row.Values.Any(double.IsFinite));

    protected override string Picture()
    {
        var columns = Columns.Chunk(Merged()).ToList();
        var cells = Rows.Select(row => row.Values.Chunk(Merged()).Select(Largest).ToArray()).ToList();
        var scale = ChartScale.Over(Colour, cells.SelectMany(row => row));
        var height = Math.Clamp(240.0 / Rows.Count, 7, 26);
        var bottom = Top + (height * Rows.Count);
        var width = (Right - Left) / columns.Count;
        var markup = new Markup();
        Plot.Svg(markup, Title, Description, Plot.Width, bottom + 84);
        for (var row = 0; row < Rows.Count; row++)
        {
            var top = Top + (row * height);
            if (height * (row % NamedRows(height)) < 1)
            {
                markup.Element("text", Short(Rows[row].Name), ("x", Markup.At(Left - 6)), ("y", Markup.At(top + (height / 2))), ("class", "tick-y"));
            }

            markup.Open("g", ("class", "cells"), ("data-row", Rows[row].Name));
            for (var column = 0; column < columns.Count; column++)
            {
                var value = cells[row][column];
                markup.Shape(
                    "rect",
                    ("x", Markup.At(Left + (column * width))),
                    ("y", Markup.At(top)),
                    ("width", Markup.At(width + 0.4)),
                    ("height", Markup.At(height)),
                    ("fill", double.IsNaN(value) ? null : ColourScale.At(scale.Position(value))),
                    ("data-tip", $"{Rows[row].Name}\n{X.Label} {Range(columns[column])}\n{Colour.Label} {Figures.Number(value)}"));
            }

            markup.Close();
        }

        Places(markup, columns, width, bottom);
        ColourScale.Key(markup, Colour, scale, Left, Right, bottom + 44);
        return markup.Close().ToString();
    }

    protected override DataTable Table() => new(
        ["row", .. Sampled(Columns).Select(column => $"{X.Label} {Figures.Number(column)}")],
        [.. Rows.Select(row => (IReadOnlyList<string>)[row.Name, .. Sampled(row.Values).Select(Figures.Number)])])
    {
        Texts = new HashSet<int> { 0 },
    };

    // What stands out is what a heat map is read for.
    private static double Largest(double[] values) => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Max();

    private static string Range(double[] columns) => columns.Length == 1 ? Figures.Number(columns[0]) : $"{Figures.Number(columns[0])} to {Figures.Number(columns[^1])}";

    private static int NamedRows(double height) => (int)Math.Ceiling(12 / height);

    private static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 6)]}…{name[^5..]}";

    /// <summary>At most nine of the columns, evenly.</summary>
    private static IEnumerable<double> Sampled(IReadOnlyList<double> columns)
    {
        var count = Math.Min(9, columns.Count);
        return Enumerable.Range(0, count).Select(i => columns[count == 1 ? 0 : i * (columns.Count - 1) / (count - 1)]);
    }

    private int Merged() => (int)Math.Ceiling(Columns.Count / (double)Math.Clamp(MostCells / Math.Max(1, Rows.Count), FewestColumns, MostColumns));

    private void Places(Markup markup, List<double[]> columns, double width, double bottom)
    {
        var count = Math.Min(5, columns.Count);
        for (var i = 0; i < count; i++)
        {
            var column = count == 1 ? 0 : i * (columns.Count - 1) / (count - 1);
            markup.Element("text", Figures.Number(columns[column][0]), ("x", Markup.At(Left + ((column + 0.5) * width))), ("y", Markup.At(bottom + 15)), ("class", "tick-x"));
        }

        markup.Element("text", X.Title, ("x", Markup.At((Left + Right) / 2)), ("y", Markup.At(bottom + 33)), ("class", "axis-x"));
    }
}
