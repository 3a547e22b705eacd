using System.Xml.Linq;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>The confusion matrix as a table.</summary>
public class ConfusionMatrixTests
{
    [Fact]
    public void Rows_are_truths_and_columns_predictions()
    {
        var matrix = new ConfusionMatrix(["<b>", "dog"]);
        matrix.Add(0, 0);
        matrix.Add(0, 1);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        Assert.Equal((4, 2), (matrix.Rows, matrix.Right));
        var table = Table(matrix);
        Assert.Equal(["1", "2", "0", "1"], table.Descendants("td").Select(cell => cell.Value).Take(4));
        Assert.Equal(["actual ↓ predicted →", "<b>", "dog", "<b>", "dog"], table.Descendants("th").Select(cell => cell.Value).Take(5));
        Assert.Equal("--share:0.667", (string?)table.Descendants("td").ElementAt(1).Attribute("style"));
    }

    [Fact]
    public void Of_many_classes_those_with_most_mistakes_are_shown()
    {
        var matrix = new ConfusionMatrix([.. Enumerable.Range(0, 500).Select(i => $"class {i}")]);
        for (var i = 0; i < 1000; i++)
        {
            matrix.Add(i % 500, i is 499 or 999 ? 3 : i % 500);
        }

        var table = Table(matrix);
        Assert.Equal(24, table.Descendants("tbody").First().Elements().Count());
        Assert.Contains(table.Descendants("th"), cell => cell.Value == "class 499");
        Assert.Equal(["class 499", "class 3", "2"], table.Descendants("details").Single().Descendants("td").Select(cell => cell.Value));
    }

    private static XElement Table(ConfusionMatrix matrix)
    {
        var markup = new Markup();
        matrix.Write(markup);
        return XElement.Parse(markup.ToString());
    }
}
