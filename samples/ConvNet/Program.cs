using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.ConvNet;

// ConvNet: Conv 32 3×3 ReLU → global average pooling → Dense 64 → softmax 10, on 100 images of 28×28×1 in 10 epochs. The images are handwritten digits of
// 8×8, enlarged bilinearly. The means of 32 small filters tell little of where strokes are, and 250 steps are few: it reads digits better than chance, not well.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1);
var digits = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var (train, test) = ConvNetTraining.Images(ml, ml.Data.CreateEnumerable<Digit>(digits, reuseRowObject: false));
Console.WriteLine(ConvNetTraining.Network.Summary(LargeDigit.Side * LargeDigit.Side, 10));

var model = TrainingDisplay.Run((progress, cancellation) =>
    ConvNetTraining.Pipeline(ml, ConvNetTraining.Options with { Progress = progress, CancellationToken = cancellation }).Fit(train));
foreach (var (rows, name) in new[] { (train, "100 images trained on"), (test, "500 images held out") })
{
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(rows));
    Console.WriteLine($"{name}: accuracy {metrics.MicroAccuracy:F3}, log-loss {metrics.LogLoss:F3}");
}

var path = Outputs.Path("convnet.zip");
ml.Model.SaveSafely(model, train.Schema, path);
Console.WriteLine($"saved {path}");
