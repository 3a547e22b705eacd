using GradStabApp;
using Microsoft.ML;
using MLNet.GradStability;

// GradStabApp [data.csv] [model.zip]: trains on a CSV file, saves the model, loads it again and predicts. What a row holds is said in Row.cs.
var data = args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "data.csv");
var file = args.ElementAtOrDefault(1) ?? "model.zip";

var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Row>(data, separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);

// Ctrl-C ends the training with the best network so far.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class))
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        // The defaults are a good choice for any table of numbers.
        ValidationFraction = 0.1,
        CancellationToken = stop.Token,
    }))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
var model = pipeline.Fit(split.TrainSet);

var training = model.OfType<NeuralNetworkTransformer>().Single().Model.Training!;
Console.WriteLine(training.StopReason);
Console.WriteLine(training.Diagnosis?.Sentence);
Console.WriteLine($"held-out rows: accuracy {ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy:F3}");
ml.Model.SaveSafely(model, rows.Schema, file);
Console.WriteLine($"saved {Path.GetFullPath(file)}");

// As another program would do it.
var fresh = new MLContext().UseGradStability();
using var engine = fresh.Model.CreatePredictionEngine<Row, Prediction>(fresh.Model.LoadSafely(file, out _));
foreach (var row in fresh.Data.CreateEnumerable<Row>(split.TestSet, reuseRowObject: false).Take(5))
{
    Console.WriteLine($"{row.Class} is read as {engine.Predict(row).PredictedLabel}");
}
