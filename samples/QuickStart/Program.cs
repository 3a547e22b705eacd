using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.QuickStart;

// QuickStart [train|predict] [model.zip]: train and save a network, or load it and predict; without arguments both, in two processes.
var data = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv");
var path = args.ElementAtOrDefault(1) ?? "digits.zip";
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(data, separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);
switch (args.FirstOrDefault())
{
    case null:
        Train();
        using (var fresh = Process.Start(Environment.ProcessPath!, [.. Environment.GetCommandLineArgs().Take(IsDotnet() ? 1 : 0), "predict", path]))
        {
            fresh.WaitForExit();
            return fresh.ExitCode;
        }

    case "train":
        Train();
        return 0;
    case "predict":
        return Predict();
    default:
        Console.Error.WriteLine("usage: QuickStart [train|predict] [model.zip]");
        return 2;
}

void Train()
{
    var model = TrainingDisplay.Run((progress, cancellation) =>
    {
        var options = new NeuralNetworkOptions { Progress = progress, CancellationToken = cancellation };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        return pipeline.Fit(split.TrainSet);
    });

    var training = model.OfType<NeuralNetworkTransformer>().Single().Model.Training!;
    Console.WriteLine(FormattableString.Invariant($"{training.StopReason} {training.Steps} steps in {training.Duration.TotalSeconds:F1} s, {training.SkippedSteps} skipped."));
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine(FormattableString.Invariant($"held-out rows: accuracy {metrics.MicroAccuracy:F4}, log-loss {metrics.LogLoss:F4}"));
    ml.Model.SaveSafely(model, rows.Schema, path);
    var report = Path.ChangeExtension(path, ".html");
    TrainingReport.Of(model).WithTitle("QuickStart: handwritten digits").WithEvaluation(model.Transform(split.TestSet), "held-out rows").SaveHtml(report);
    File.WriteAllText(path + ".scores", Fingerprint(model));
    Console.WriteLine($"saved {path}, and a report of the training: {Path.GetFullPath(report)}");
}

int Predict()
{
    ml.UseGradStability();
    var model = ml.Model.Load(path, out _);
    using var engine = ml.Model.CreatePredictionEngine<Digit, DigitPrediction>(model);
    foreach (var digit in ml.Data.CreateEnumerable<Digit>(split.TestSet, reuseRowObject: false).Take(5))
    {
        var prediction = engine.Predict(digit);
        Console.WriteLine(FormattableString.Invariant($"a {digit.Label} is read as {prediction.PredictedLabel} with probability {prediction.Score.Max():F3}"));
    }

    var same = File.ReadAllText(path + ".scores") == Fingerprint(model);
    Console.WriteLine(same ? "The loaded model's scores equal the trained one's bit for bit." : "The loaded model's scores differ from the trained one's.");
    return same ? 0 : 1;
}

string Fingerprint(ITransformer model)
{
    var scores = ml.Data.CreateEnumerable<DigitPrediction>(model.Transform(split.TestSet), reuseRowObject: false, ignoreMissingColumns: true).SelectMany(row => row.Score).ToArray();
    return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(scores)));
}

static bool IsDotnet() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
