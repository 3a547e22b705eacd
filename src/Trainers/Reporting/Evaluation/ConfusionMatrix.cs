using System.Globalization;

namespace MLNet.GradStability;

/// <summary>How often rows of each class were taken for each class.</summary>
/// <param name="names">The classes.</param>
internal sealed class ConfusionMatrix(IReadOnlyList<string> names)
{
    // A larger table can neither be read nor printed; the classes with most mistakes are shown.
    private const int MostClasses = 24;
    private const int MostPairs = 10;
    private const int LongestName = 14;
    private readonly Dictionary<(int Actual, int Predicted), long> _counts = [];

    public long Rows { get; private set; }

    public long Right { get; private set; }

    public void Add(int actual, int predicted)
    {
        _counts[(actual, predicted)] = Count(actual, predicted) + 1;
        Rows++;
        Right += actual == predicted ? 1 : 0;
    }

    public long Count(int actual, int predicted) => _counts.GetValueOrDefault((actual, predicted));

    /// <summary>Writes it as a figure: a table whose colours are the shares of each row.</summary>
    public void Write(Markup markup)
    {
        if (Rows == 0)
        {
            return;
        }

        var shown = Shown();
        var totals = shown.ToDictionary(actual => actual, Total);
        markup.Open("figure", ("class", "confusion")).Open("figcaption").Element("h3", "Confusion matrix").Element("p", About(shown.Count)).Close();
        markup.Open("div", ("class", "table"), ("tabindex", "0")).Open("table").Open("thead").Open("tr").Element("th", "actual ↓ predicted →", ("scope", "col"));
        foreach (var predicted in shown)
        {
            markup.Element("th", Short(names[predicted]), ("scope", "col"), ("data-tip", names[predicted]));
        }

        markup.Close().Close().Open("tbody");
        foreach (var actual in shown)
        {
            markup.Open("tr").Element("th", Short(names[actual]), ("scope", "row"), ("data-tip", names[actual]));
            foreach (var predicted in shown)
            {
                Cell(markup, actual, predicted, totals[actual]);
            }

            markup.Close().Line();
        }

        markup.Close().Close().Close();
        Mistakes(markup);
        markup.Close();
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private void Cell(Markup markup, int actual, int predicted, long total)
    {
        var count = Count(actual, predicted);
        var share = total == 0 ? 0 : (double)count / total;
        markup.Element(
            "td",
            Figures.Count(count),
            ("class", actual == predicted ? "hit" : null),
            ("style", count == 0 ? null : FormattableString.Invariant($"--share:{share:0.###}")),
            ("data-tip", $"actual {names[actual]}\npredicted {names[predicted]}\n{Figures.Count(count)} of {Figures.Count(total)} rows, {Figures.Percent(share)}"));
    }

    private void Mistakes(Markup markup)
    {
        var worst = _counts.Where(pair => pair.Key.Actual != pair.Key.Predicted).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostPairs).ToList();
        if (worst.Count == 0)
        {
            return;
        }

        markup.Open("details").Element("summary", "most frequent mistakes");
        new DataTable(["actual", "predicted", "rows"], [.. worst.Select(pair => (IReadOnlyList<string>)[names[pair.Key.Actual], names[pair.Key.Predicted], Figures.Count(pair.Value)])])
        {
            Texts = new HashSet<int> { 0, 1 },
        }.Write(markup);
        markup.Close();
    }

    /// <summary>The classes in their order; numbers in theirs.</summary>
    private List<int> Shown() => names.Count <= MostClasses
        ? [.. Enumerable.Range(0, names.Count).OrderBy(i => double.TryParse(names[i], CultureInfo.InvariantCulture, out var number) ? number : 0)]
        : [.. _counts.Where(pair => pair.Key.Actual != pair.Key.Predicted).GroupBy(pair => pair.Key.Actual).OrderByDescending(group => group.Sum(pair => pair.Value)).Select(group => group.Key)
            .Concat(Enumerable.Range(0, names.Count)).Distinct().Take(MostClasses).Order()];

    private long Total(int actual) => _counts.Where(pair => pair.Key.Actual == actual).Sum(pair => pair.Value);

    private string About(int shown) => "A row's shares of its class are its colours: blue where right, orange where wrong."
        + (shown < names.Count ? $" Of {Figures.Count(names.Count)} classes the {shown} with most mistakes are shown." : string.Empty);
}
