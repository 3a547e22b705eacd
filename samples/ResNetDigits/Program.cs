using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.ResNetDigits;

// ResNetDigits [--depth 18] [--width 16] [--epochs 12]: a residual network reads handwritten digits; --depth 50 has bottleneck blocks.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var depth = new Option<int>("--depth") { Description = "Layers with weights: 10, 18, 34, 50, 101 or 152.", DefaultValueFactory = _ => 18 };
var width = new Option<int>("--width") { Description = "Channels of the first stage.", DefaultValueFactory = _ => 16 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the images.", DefaultValueFactory = _ => 12 };
var command = new RootCommand("A residual network reads handwritten digits.") { depth, width, epochs };
command.SetAction(parsed =>
{
    try
    {
        Run(parsed.GetValue(depth), parsed.GetValue(width), parsed.GetValue(epochs));
        return 0;
    }
    catch (ArgumentException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
});
return command.Parse(args).Invoke();

static void Run(int depth, int width, int epochs)
{
    var ml = new MLContext(seed: 1);
    var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
    var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);
    var network = ResNetTraining.Network(depth, width);
    Console.WriteLine(network.Summary(64, 10));
    var history = Outputs.Path($"resnet{depth}.csv");
    var model = TrainingDisplay.Run((progress, cancellation) => ResNetTraining.Pipeline(ml, new()
    {
        Network = network,
        Epochs = epochs,
        Callbacks = [Callback.Csv(history)],
        Progress = progress,
        CancellationToken = cancellation,
    }).Fit(split.TrainSet));
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine($"held-out images: accuracy {metrics.MicroAccuracy:F4}, log-loss {metrics.LogLoss:F4}");
    var path = Outputs.Path($"resnet{depth}.zip");
    ml.Model.SaveSafely(model, rows.Schema, path);
    Console.WriteLine($"saved {path} and, epoch by epoch, {history}");
}
