using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.Sequences;

// Sequences: the adding problem, which an LSTM solves and a plain recurrent network does not, clipped or not; then a real series cut into windows.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Steps = 50;
const int Rows = 5000;
var ml = new MLContext(seed: 1);
Console.WriteLine($"adding problem, {Steps} steps, {Rows} sequences: mean squared error on 1000 others");
Console.WriteLine($"  the mean as prediction {AddingProblem.MseOfMean:F4}");
foreach (var cell in new[] { RecurrentCell.Rnn, RecurrentCell.Lstm })
{
    var mse = TrainingDisplay.Run((progress, cancellation) => Adding.Mse(
        ml, cell, Steps, Rows, new() { Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(5e-3, 50)), Epochs = 6, Seed = 1, Progress = progress, CancellationToken = cancellation }));
    Console.WriteLine($"  {cell,-22} {mse:F4}");
}

Console.WriteLine();
Console.WriteLine($"sunspots: the next year from the {Sunspots.Window} before, trained on years up to {Sunspots.LastTrained}");
var rows = ml.Data.LoadFromTextFile<Year>(Path.Combine(AppContext.BaseDirectory, "Data", "sunspots.csv"), separatorChar: ',', hasHeader: true);
var years = ml.Data.CreateEnumerable<Year>(rows, reuseRowObject: false).ToList();
var (model, forecasts) = TrainingDisplay.Run((progress, cancellation) => Sunspots.Run(ml, years, Sunspots.Options with { Progress = progress, CancellationToken = cancellation }));
var (ours, persistence) = Sunspots.Errors(forecasts);
Console.WriteLine($"years {Sunspots.LastTrained + 1} to {years[^1].Number}: RMSE {ours:F1}; saying that the next year is like this one {persistence:F1}");
Console.WriteLine($"forecast for {forecasts[^1].Number + 1}: {forecasts[^1].Forecast:F1}");
var table = Outputs.Path("sunspots.csv");
File.WriteAllLines(table, ["year,sunspots,forecast", .. forecasts.Select(year => $"{year.Number + 1},{(float.IsFinite(year.Next) ? year.Next : null)},{year.Forecast:F1}")]);
var path = Outputs.Path("sunspots.zip");
ml.Model.SaveSafely(model, rows.Schema, path);
Console.WriteLine($"saved {path} and {table}");
