using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Samples;
using Samples.Transfer;
using Spectre.Console;
using TorchSharp;

// Transfer: a network learns the digits 0 to 4 and is saved. Started from it, training learns 5 to 9 from few images in few passes: with a new head alone, with
// the convolutions unfrozen half-way, or with all layers. The same network started from nothing stands beside it.
const int Seeds = 3;
(int PerDigit, int Epochs)[] tries = [(5, 2), (5, 8), (20, 2), (20, 8), (80, 2), (80, 8)];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// Layers this small are not worth sharing between threads.
torch.set_num_threads(1);
var watch = Stopwatch.StartNew();
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var transfer = new DigitTransfer(ml, ml.Data.CreateEnumerable<Digit>(rows, reuseRowObject: false));

var (file, weights) = (Outputs.Path("digits-0-4.zip"), Outputs.Path("digits-0-4.safetensors"));
transfer.LearnLow(file, weights, epochs: 15);
Console.WriteLine($"trained on {transfer.LowDigits} images of 0 to 4 in {watch.Elapsed.TotalSeconds:F0} s; saved {file} and {weights}");

var table = new Table().Border(TableBorder.Markdown).AddColumn(new TableColumn("images a digit").RightAligned()).AddColumn(new TableColumn("epochs").RightAligned());
foreach (var (name, _) in DigitTransfer.Ways(file, epochs: 2))
{
    table.AddColumn(new TableColumn(name).RightAligned());
}

foreach (var (perDigit, epochs) in tries)
{
    table.AddRow(
    [
        $"{perDigit}", $"{epochs}",
        .. DigitTransfer.Ways(file, epochs).Select(way => $"{Enumerable.Range(1, Seeds).Average(seed => transfer.LearnHigh(way.Options, perDigit, seed)):F3}"),
    ]);
}

if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 120;
}

Console.WriteLine($"accuracy on the other images of 5 to 9, mean of {Seeds} draws:");
AnsiConsole.Write(table);
Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s");
