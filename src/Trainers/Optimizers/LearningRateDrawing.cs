using System.Globalization;
using System.Xml.Linq;

namespace MLNet.GradStability;

/// <summary>Draws a range test as SVG.</summary>
internal static class LearningRateDrawing
{
    private const double Width = 720;
    private const double Height = 420;
    private const double Left = 70;
    private const double Right = 20;
    private const double Top = 40;
    private const double Bottom = 60;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Draw(LearningRateCurve curve)
    {
        var points = curve.Points;
        var (fromDecade, toDecade) = (Math.Log10(points[0].Rate), Math.Log10(points[^1].Rate));
        var smoothed = points.Select(point => point.SmoothedLoss).ToList();
        var spare = Math.Max(smoothed.Max() - smoothed.Min(), 1e-12) * 0.1;
        var (low, high) = (smoothed.Min() - spare, smoothed.Max() + spare);

        double X(double rate) => Left + ((Math.Log10(rate) - fromDecade) / (toDecade - fromDecade) * (Width - Left - Right));
        double Y(double loss) => Height - Bottom - ((Math.Clamp(loss, low, high) - low) / (high - low) * (Height - Top - Bottom));

        var marked = X(Math.Clamp(curve.Suggested, points[0].Rate, points[^1].Rate));
        var drawing = new XElement(
            Svg + "svg",
            Attributes(("viewBox", Join(0, 0, Width, Height)), ("width", Width), ("height", Height), ("font-family", "sans-serif"), ("font-size", 12)),
            new XElement(Svg + "title", "Learning rate range test"),
            new XElement(Svg + "rect", Attributes(("width", Width), ("height", Height), ("fill", "white"))),
            Text(Width / 2, 24, "Loss as the learning rate rises", "middle", ("font-size", 15)),
            RateTicks(fromDecade, toDecade).Select(decade => Tick(X(Math.Pow(10, decade)), vertical: true, $"1e{decade}")),
            LossTicks(low, high).Select(loss => Tick(Y(loss), vertical: false, loss.ToString("0.####", CultureInfo.InvariantCulture))),
            points.Select(point => new XElement(Svg + "circle", Attributes(("cx", X(point.Rate)), ("cy", Y(point.Loss)), ("r", 2), ("fill", "#9bb8d3")))),
            new XElement(
                Svg + "polyline",
                Attributes(("fill", "none"), ("stroke", "#1f5f99"), ("stroke-width", 2), ("points", string.Join(' ', points.Select(point => Join(X(point.Rate), Y(point.SmoothedLoss))))))),
            Line(marked, Top, marked, Height - Bottom, "#c0392b", ("stroke-dasharray", "5 4")),
            Text(
                marked > Width / 2 ? marked - 6 : marked + 6,
                Top + 14,
                string.Create(CultureInfo.InvariantCulture, $"suggested {curve.Suggested:0.##e+0}"),
                marked > Width / 2 ? "end" : "start",
                ("fill", "#c0392b")),
            Line(Left, Height - Bottom, Width - Right, Height - Bottom, "black"),
            Line(Left, Top, Left, Height - Bottom, "black"),
            Text((Left + Width - Right) / 2, Height - 16, "learning rate (logarithmic)", "middle"),
            Text(18, (Top + Height - Bottom) / 2, "loss", "middle", ("transform", $"rotate(-90 {Join(18, (Top + Height - Bottom) / 2)})")));
        return drawing.ToString() + Environment.NewLine;
    }

    private static IEnumerable<int> RateTicks(double from, double to)
    {
        var (first, last) = ((int)Math.Ceiling(from - 1e-9), (int)Math.Floor(to + 1e-9));
        var every = Math.Max(1, (last - first + 9) / 10);
        for (var decade = first; decade <= last; decade += every)
        {
            yield return decade;
        }
    }

    private static IEnumerable<double> LossTicks(double low, double high)
    {
        // Steps of 1, 2 or 5 times a power of ten, four to eight of them.
        var rough = (high - low) / 8;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(digit => digit * power).First(size => size >= rough);
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            yield return i * step;
        }
    }

    private static IEnumerable<XElement> Tick(double at, bool vertical, string label) => vertical
        ? [Line(at, Top, at, Height - Bottom, "#e4e4e4"), Text(at, Height - Bottom + 18, label, "middle")]
        : [Line(Left, at, Width - Right, at, "#e4e4e4"), Text(Left - 8, at + 4, label, "end")];

    private static XElement Line(double x1, double y1, double x2, double y2, string colour, params (string, object)[] more) =>
        new(Svg + "line", Attributes(("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", colour)), Attributes(more));

    private static XElement Text(double x, double y, string text, string anchor, params (string, object)[] more) =>
        new(Svg + "text", Attributes(("x", x), ("y", y), ("text-anchor", anchor)), Attributes(more), text);

    private static IEnumerable<XAttribute> Attributes(params (string Name, object Value)[] pairs) =>
        pairs.Select(pair => new XAttribute(pair.Name, pair.Value is double number ? Number(number) : pair.Value));

    private static string Join(params double[] numbers) => string.Join(' ', numbers.Select(Number));

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
