using System.Globalization;
using System.Xml.Linq;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Charts as pictures: what they hold, whatever the numbers.</summary>
public class ChartTests
{
    private const string Hostile = "<script>alert(\"x\")</script>";

    [Fact]
    public void A_line_has_its_points_its_gaps_and_its_table()
    {
        var figure = Figure(Line([1, 2, double.NaN, 4, double.PositiveInfinity, 6]));
        var line = figure.Descendants("g").Single(g => (string?)g.Attribute("data-series") == Hostile);
        Assert.Equal("4", (string?)line.Attribute("data-points"));
        Assert.Equal(3, line.Elements("path").Count());
        Assert.Equal(4, line.Elements("circle").Count());
        Assert.Equal(6, Strips(figure).Count);
        Assert.Equal($"step 3\n{Hostile}: NaN", (string?)Strips(figure)[2].Attribute("data-tip"), ignoreLineEndingDifferences: true);
        Assert.Equal(7, figure.Descendants("tr").Count());
        Assert.Equal(Hostile, figure.Descendants("li").Single().Value);
    }

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new[] { double.NaN, double.NaN })]
    public void A_chart_without_a_number_is_left_out(double[] values)
    {
        var markup = new Markup();
        Line(values).Write(markup);
        Assert.Equal(string.Empty, markup.ToString());
    }

    [Theory]
    [InlineData(ScaleKind.Linear)]
    [InlineData(ScaleKind.Log)]
    internal void Everything_lies_inside_the_picture(ScaleKind kind)
    {
        double[][] cases = [[5], [0, 0], [-1, 1], [1e-300, 1e300], [double.MaxValue, double.MinValue], [0, double.NaN, 1e-9]];
        Assert.All(cases, values => AssertInside(Figure(Line(values) with { Y = new Axis("y", kind), Marks = [Mark(2, double.PositiveInfinity)] })));
    }

    [Fact]
    public void A_long_line_is_made_shorter_and_keeps_its_extremes()
    {
        var chart = Line([.. Enumerable.Range(0, 100_000).Select(i => i == 77_777 ? 1e6 : i == 33_333 ? double.NaN : 1.0)]);
        Assert.InRange(chart.Series[0].Points.Count, 150, 300);
        Assert.Equal((1.0, 1e6), (chart.Series[0].Points.Min(point => point.Low), chart.Series[0].Points.Max(point => point.High)));
        Assert.All(chart.Series[0].Points, point => Assert.True(double.IsFinite(point.Y)));
        Assert.InRange(Text(chart).Length, 1000, 150_000);
        Assert.Single(Figure(chart).Descendants("path"), path => ((string?)path.Attribute("class"))?.StartsWith("band", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_mark_has_its_shape_its_text_and_its_legend()
    {
        var figure = Figure(Line([1, 2, 3]) with { Marks = [Mark(2, 2), Mark(3, double.NaN) with { HasLine = true }] });
        Assert.Equal(2, figure.Descendants("path").Count(path => (string?)path.Attribute("data-tip") == Hostile));
        Assert.Single(figure.Descendants("line"), line => (string?)line.Attribute("class") == "event skip");
        Assert.Equal([Hostile, "skipped"], figure.Descendants("li").Select(entry => entry.Value));
    }

    [Fact]
    public void A_heat_map_has_a_cell_for_each_value_and_none_is_lost_where_there_are_too_many()
    {
        var map = Map(rows: 2, columns: 3, (row, column) => row == 1 && column == 2 ? double.NaN : Math.Pow(10, row + column));
        var cells = Cells(Figure(map));
        Assert.Equal(6, cells.Count);
        Assert.Equal([true, true, true, true, true, false], cells.Select(cell => cell.Attribute("fill") is not null));
        Assert.Equal("row 0\nstep 0\nnorm 1", ((string?)cells[0].Attribute("data-tip"))!.Replace(' ' + "\n", "\n", StringComparison.Ordinal), ignoreLineEndingDifferences: true);
        Assert.Equal("#440154", (string?)cells[0].Attribute("fill"));
        Assert.Equal("#fde725", (string?)cells[4].Attribute("fill"));

        var large = Figure(Map(rows: 150, columns: 200, (row, column) => row == 7 && column == 123 ? 1e9 : 1));
        Assert.InRange(Cells(large).Count, 1000, 4000);
        Assert.Single(Cells(large), cell => ((string?)cell.Attribute("data-tip"))!.Contains("norm 1e9", StringComparison.Ordinal));
    }

    [Fact]
    public void Bars_and_dots_hold_their_numbers()
    {
        var bars = Figure(new BarChart
        {
            Title = "t",
            Description = "d",
            Value = new Axis("share") { From = 0, To = 1 },
            Bars = [new("a", 0.25), new(Hostile, 1), new("none", double.NaN)],
        });
        var widths = bars.Descendants("rect").Where(rect => (string?)rect.Attribute("class") == "bar").Select(rect => Number(rect, "width")).ToList();
        Assert.Equal((4.0, 0.5), (widths[1] / widths[0], widths[2]));

        var dots = Figure(new ScatterChart { Title = "t", Description = "d", X = new Axis("x"), Y = new Axis("y"), Points = [new(0, 0), new(1, 2), new(double.NaN, 1)], Reference = [(0, 0), (1, 1)] });
        Assert.Equal(2, dots.Descendants("circle").Count());
        Assert.Single(dots.Descendants("line"), line => (string?)line.Attribute("class") == "reference");
    }

    [Fact]
    public void A_picture_can_be_read_without_being_seen()
    {
        var svg = Figure(Line([1, 2])).Descendants("svg").Single(svg => svg.Attribute("role") is not null);
        Assert.Equal(("img", "A title", "A description."), ((string?)svg.Attribute("role"), svg.Element("title")!.Value, svg.Element("desc")!.Value));
    }

    private static LineChart Line(double[] values) => new()
    {
        Title = "A title",
        Description = "A description.",
        X = new Axis("step"),
        Y = new Axis("y"),
        Series = [new(Hostile, "s0", [.. values.Select((value, i) => new LinePoint(i + 1, value))])],
    };

    private static HeatMap Map(int rows, int columns, Func<int, int, double> value) => new()
    {
        Title = "t",
        Description = "d",
        X = new Axis("step"),
        Colour = new Axis("norm", ScaleKind.Log),
        Columns = [.. Enumerable.Range(0, columns).Select(column => (double)column)],
        Rows = [.. Enumerable.Range(0, rows).Select(row => new HeatRow($"row {row}", [.. Enumerable.Range(0, columns).Select(column => value(row, column))]))],
    };

    private static ChartMark Mark(double x, double y) => new(x, y, MarkShape.Triangle, "skip", "skipped", Hostile);

    private static string Text(Chart chart)
    {
        var markup = new Markup();
        chart.Write(markup);
        return markup.ToString();
    }

    private static XElement Figure(Chart chart) => XElement.Parse(Keep(Text(chart)));

    // XML turns the line breaks of attributes into spaces; HTML does not.
    private static string Keep(string text) => System.Text.RegularExpressions.Regex.Replace(text, "=\"[^\"]*\"", match => match.Value.Replace("\n", "&#10;", StringComparison.Ordinal));

    private static List<XElement> Strips(XElement figure) => [.. figure.Descendants("g").Single(g => (string?)g.Attribute("class") == "strips").Elements()];

    private static List<XElement> Cells(XElement figure) => [.. figure.Descendants("g").Where(g => (string?)g.Attribute("class") == "cells").Elements()];

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private static void AssertInside(XElement figure)
    {
        var picture = figure.Descendants("svg").Single(svg => svg.Attribute("role") is not null);
        foreach (var (name, most) in new[] { ("x", 480), ("y", 290), ("cx", 480), ("cy", 290), ("x1", 480), ("x2", 480), ("y1", 290), ("y2", 290) })
        {
            Assert.All(picture.Descendants().Attributes(name), attribute => Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), 0, most));
        }

        Assert.DoesNotContain("NaN", string.Concat(picture.Descendants("path").Select(path => (string?)path.Attribute("d"))), StringComparison.Ordinal);
    }
}
