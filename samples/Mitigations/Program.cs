using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Samples;
using Samples.Mitigations;
using Spectre.Console;
using TorchSharp;

// A plain network of 20 layers with too large first weights learns digits by gradient descent: its gradients explode. Which mitigation helps, and
// by how much?
const int Seeds = 3;

// Layers of 64 units are too small to share between threads: two trainings side by side are faster.
torch.set_num_threads(1);
var watch = Stopwatch.StartNew();
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);
var preparation = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels))).Fit(split.TrainSet);
var (train, test) = (ml.Data.Cache(preparation.Transform(split.TrainSet)), ml.Data.Cache(preparation.Transform(split.TestSet)));

var setup = new Setup();
var mitigations = Mitigation.All;
Comparison comparison;
try
{
    comparison = TrainingDisplay.UntilCtrlC(cancellation => AnsiConsole.Progress().Start(context =>
    {
        var task = context.AddTask("training", maxValue: 2 + (2 * mitigations.Count));
        return Comparison.Of(setup with { Cancellation = cancellation }, mitigations, train, test, [.. Enumerable.Range(1, Seeds)], () => task.Increment(1));
    }));
}
catch (OperationCanceledException)
{
    Console.WriteLine("Cancelled: there is nothing to compare yet.");
    return 130;
}

Console.WriteLine(Line($"{setup.Depth} layers of {setup.Width} units, {setup.Epochs} epochs of gradient descent at rate {setup.Rate}; held-out accuracy, mean of {Seeds} seeds"));
if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 100;
}

var table = new Table().Border(TableBorder.Simple);
table.AddColumn(new TableColumn("switched on").NoWrap());
foreach (var column in new[] { "accuracy", "gain", "norm", "clipped", "largest", "spikes", "diverged" })
{
    table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
}

Add("nothing", comparison.None, null);
foreach (var entry in comparison.Entries)
{
    Add(entry.Name, entry.Alone, comparison.Gain(entry));
}

Add("all of them", comparison.All, comparison.All.Accuracy - comparison.None.Accuracy);
foreach (var entry in comparison.Entries)
{
    Add("all but " + entry.Name, entry.Missing, -comparison.Loss(entry));
}

AnsiConsole.Write(table);
Console.WriteLine("gain     accuracy against nothing; for \"all but\", against all of them");
Console.WriteLine("norm     median gradient norm over the steps; clipped: the same after clipping; largest: before clipping");
Console.WriteLine("spikes   steps with more than ten times the median norm of the hundred before; diverged: trainings whose weights were no longer finite (sums over seeds)");
Console.WriteLine(Line($"Best alone: {comparison.Best.Name}, {comparison.Gain(comparison.Best):+0.000;-0.000} accuracy."));
Console.WriteLine(Line($"Most missed: without {comparison.MostMissed.Name}, all the others together lose {comparison.Loss(comparison.MostMissed):0.000}."));
if (comparison.Loss(comparison.LeastMissed) < 0)
{
    Console.WriteLine(Line($"Better left out: without {comparison.LeastMissed.Name}, all the others together gain {-comparison.Loss(comparison.LeastMissed):0.000}."));
}

Console.WriteLine(Line($"{watch.Elapsed.TotalSeconds:F0} s"));
return 0;

void Add(string name, Trial trial, double? gain) => table.AddRow(
    name,
    Line($"{trial.Accuracy:F3}"),
    gain is null ? string.Empty : Line($"{gain:+0.000;-0.000}"),
    Norm(trial.Before),
    Norm(trial.After),
    Norm(trial.Largest),
    Line($"{trial.Spikes}"),
    Line($"{trial.Diverged}"));

static string Norm(double value) => value.ToString(value < 1000 ? "0.##" : "0.#e0", CultureInfo.InvariantCulture);

static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
