using System.Globalization;
using MLNet.GradStability;
using Samples.TextbookExamples;
using Spectre.Console;

// Two worked examples of exploding gradients, step by step.
if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 100;
}

const int Steps = 1000;
const double Minimum = 200 / 400.01;
var decaying = Schedule.Exponential(0.1, 0.99);
var clip = GradientTransform.ClipByGlobalNorm(10);

Console.WriteLine("1. f(x) = x² at x = 20: the gradient is 2x = 40, the threshold 10. The clipped step keeps its direction, downhill.");
Show(Descent.Run(start: 20, input: 1, y => y.square(), steps: 3, rate: 0.1, clip), [1, 2, 3], "x");

Console.WriteLine("2. y = w·x with x = 20, y = 10, penalty 0.01·w², gradient descent at rate 0.1, from w = 0.");
Console.WriteLine("   The loss is (20w − 10)² + 0.01w², its gradient 800.02w − 400, its minimum w = 200/400.01 ≈ 0.499988.");
Console.WriteLine();
Console.WriteLine("   Without mitigation the error changes by the factor 1 − 0.1·800.02 ≈ −79 at each step:");
var free = Fit(0.1, null);
var broken = free.FindIndex(step => !double.IsFinite(step.After));
Show(free, [.. Enumerable.Range(1, broken + 2)], "w");
Console.WriteLine(Line($"   The weight is no finite number after step {broken + 1}; step {Steps} leaves {free[^1].After}."));
Console.WriteLine();
Console.WriteLine("   With the gradient clipped to 10 alone it stays finite and swings around the minimum for ever:");
Show(Fit(0.1, clip), [1, 2, 3, 4, 500, 999, 1000], "w");
Console.WriteLine("   With the clip, and a rate that decays by 1 % at each step, it settles:");
var settled = Fit(decaying, clip);
Show(settled, [1, 2, 3, 4, 100, 200, 300, 400, 500, 1000], "w");
Console.WriteLine(Line($"   w = {settled[^1].After:F6} after {Steps} steps; the minimum is {Minimum:F6}."));

static List<Step> Fit(Schedule rate, GradientTransform? gradients) =>
    Descent.Run(start: 0, input: 20, y => (y - 10).square(), Steps, rate, gradients, Regularizer.L2(0.01));

static void Show(List<Step> steps, int[] chosen, string name)
{
    var table = new Table().Border(TableBorder.Simple);
    foreach (var column in new[] { "step", name, "gradient", "clipped", "rate", name + " after", "error factor" })
    {
        table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
    }

    var goal = name == "w" ? Minimum : 0;
    foreach (var step in chosen.Select(index => steps[index - 1]))
    {
        table.AddRow(
            Line($"{step.Index}"), Number(step.Before), Number(step.Gradient), Number(step.Clipped), Number(step.Rate), Number(step.After), Number((step.After - goal) / (step.Before - goal)));
    }

    AnsiConsole.Write(table);
}

static string Number(double value) => Math.Abs(value) is >= 1e6 or (> 0 and < 1e-3)
    ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
    : value.ToString("0.######", CultureInfo.InvariantCulture);

static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
