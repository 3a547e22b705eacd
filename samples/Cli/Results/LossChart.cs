using System.Globalization;
using MLNet.GradStability;
using Spectre.Console;

namespace Samples.Cli;

/// <summary>Draws the loss over the rate with characters: the smoothed loss as dots, the suggested rate as a line.</summary>
internal sealed class LossChart(LearningRateCurve curve)
{
    private const int Columns = 60;
    private const int Lines = 12;

    public Text Draw()
    {
        var (first, last) = (Math.Log10(curve.Points[0].Rate), Math.Log10(curve.Points[^1].Rate));
        int Column(double rate) => (int)Math.Round(Math.Clamp((Math.Log10(rate) - first) / (last - first), 0, 1) * (Columns - 1));

        var (low, high) = (curve.Points.Min(point => point.SmoothedLoss), curve.Points.Max(point => point.SmoothedLoss));
        int Line(double loss) => high > low ? (int)Math.Round((high - loss) / (high - low) * (Lines - 1)) : 0;

        var marks = curve.Points.Select(point => (Line(point.SmoothedLoss), Column(point.Rate))).ToHashSet();
        var suggested = Column(curve.Suggested);
        var drawn = Enumerable.Range(0, Lines).Select(line => Label(line, low, high) + string.Concat(
            Enumerable.Range(0, Columns).Select(column => marks.Contains((line, column)) ? '●' : column == suggested ? '│' : ' ')).TrimEnd());
        var rates = string.Create(CultureInfo.InvariantCulture, $"{string.Empty,10}{curve.Points[0].Rate:0.#e+0}{"learning rate".PadLeft((Columns + 13) / 2 - 5).PadRight(Columns - 10)}{curve.Points[^1].Rate:0.#e+0}");
        return new Text(string.Join('\n', [.. drawn, new string(' ', 10) + new string('─', Columns), rates, string.Empty]));
    }

    private static string Label(int line, double low, double high) => line is 0 or Lines - 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(line == 0 ? high : low),8:G4} │")
        : "         │";
}
