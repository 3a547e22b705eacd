using System.Diagnostics;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.CustomNetwork;

// CustomNetwork [load model.zip]: trains a module of one's own (HighwayNet.cs) and saves it; then a second process loads the file.
var ml = new MLContext(seed: 1).UseGradStability();
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);
if (args is ["load", var saved])
{
    return Load(saved);
}

Register();
var network = Network.Custom("highway");
Console.WriteLine(network.Summary(inputSize: 64, outputSize: 10));
var model = TrainingDisplay.Run((progress, cancellation) => ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Network = network, Progress = progress, CancellationToken = cancellation }))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
    .Fit(split.TrainSet));
Console.WriteLine(FormattableString.Invariant($"held-out rows: accuracy {Accuracy(model):F4}"));

var path = Path.Combine(Path.GetTempPath(), $"highway-{Environment.ProcessId}.zip");
ml.Model.SaveSafely(model, rows.Schema, path);
using (var fresh = Process.Start(Environment.ProcessPath!, [.. Environment.GetCommandLineArgs().Take(IsDotnet() ? 1 : 0), "load", path]))
{
    fresh.WaitForExit();
    File.Delete(path);
    return fresh.ExitCode;
}

int Load(string file)
{
    Console.WriteLine("\na second process loads the model:");
    try
    {
        ml.Model.LoadSafely(file, out _);
        return 1;
    }
    catch (InvalidDataException e)
    {
        Console.WriteLine($"before the module is registered it is told\n  {e.Message}\n");
    }

    Register();
    Console.WriteLine(FormattableString.Invariant($"registered, it is loaded: accuracy {Accuracy(ml.Model.LoadSafely(file, out _)):F4}"));
    return 0;
}

double Accuracy(ITransformer fitted) => ml.MulticlassClassification.Evaluate(fitted.Transform(split.TestSet)).MicroAccuracy;

static void Register() => NetworkModules.Register("highway", (inputSize, outputSize) => new HighwayNet(inputSize, 64, outputSize));

static bool IsDotnet() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
