using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.ImageAugmentation;
using Spectre.Console;

// ImageAugmentation: a small convolutional network learns handwritten digits from one image in six, and reads the others: from the images as they are, with
// altered copies put behind them, and altered anew in each epoch by the trainer.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int seeds = 2;
const int epochs = 60;
var ml = new MLContext(seed: 1);
var digits = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(digits, testFraction: 5.0 / 6, seed: 1);
var table = new Table().AddColumns("learned from", "accuracy on the other images", "log-loss").Title($"mean of {seeds} seeds");
foreach (var recipe in Recipe.All)
{
    var metrics = Enumerable.Range(1, seeds).Select(seed =>
    {
        Console.WriteLine($"{recipe.Name}, seed {seed}");
        var model = TrainingDisplay.Run((progress, stop) => recipe.Pipeline(ml, new NeuralNetworkOptions { Seed = seed, Progress = progress, CancellationToken = stop }, epochs).Fit(split.TrainSet));
        using var disposable = model as IDisposable;
        return ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    }).ToList();
    table.AddRow(recipe.Name, $"{metrics.Average(metric => metric.MicroAccuracy):F4}", $"{metrics.Average(metric => metric.LogLoss):F4}");
}

AnsiConsole.Write(table);
