using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.CustomClipper;
using Spectre.Console;

// A clipper of one's own (SoftClip.cs) against none and a built-in one: digits, raw pixels, a rate that is too high without clipping.
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);
if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = 100;
}

var table = new Table().Border(TableBorder.Simple).AddColumns("clipper", "largest norm", "after clipping", "held-out accuracy", "steps skipped");
Train("none", null);
Train("ClipByGlobalNorm(1)", GradientTransform.ClipByGlobalNorm(1));
var model = Train("SoftClip(0.003), our own", new SoftClip(0.003));
AnsiConsole.Write(table);

// A model names the kinds that it was trained with: saving or loading one needs the type to be registered.
var path = Path.Combine(Path.GetTempPath(), $"custom-clipper-{Environment.ProcessId}.zip");
try
{
    ml.Model.SaveSafely(model, rows.Schema, path);
}
catch (NotSupportedException e)
{
    Console.WriteLine($"Before Descriptions.Register<SoftClip>(), saving says:\n  {e.Message}\n");
}

try
{
    Descriptions.FromJson<GradientTransform>("{\"kind\":\"soft-clip\",\"limit\":0.003}");
}
catch (FormatException e)
{
    Console.WriteLine($"and reading says:\n  {e.Message}\n");
}

Descriptions.Register<SoftClip>();
ml.Model.SaveSafely(model, rows.Schema, path);
var loaded = ml.Model.LoadSafely(path, out _);
File.Delete(path);
var same = Accuracy(loaded) == Accuracy(model);
Console.WriteLine($"Registered, the model is saved and loaded; it was trained with {ClipperOf(loaded)}, and its accuracy is {(same ? "the same" : "another")}.");
return same ? 0 : 1;

ITransformer Train(string name, GradientTransform? clipper)
{
    var (before, after) = (new LargestNorm(), new LargestNorm());
    var chain = GradientTransform.Measure(before);
    var options = new NeuralNetworkOptions
    {
        Optimizer = Optimizer.Sgd(0.1, momentum: 0.9),
        Gradients = (clipper is null ? chain : chain.Then(clipper)).Then(GradientTransform.Measure(after)),
        Epochs = 10,
    };
    var fitted = TrainingDisplay.UntilCtrlC(cancellation => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.Transforms.CopyColumns("Features", nameof(Digit.Pixels)))
        .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options with { CancellationToken = cancellation }))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(split.TrainSet));
    var training = NetworkOf(fitted).Training!;
    table.AddRow(name, Number(before.Value), Number(after.Value), Number(Accuracy(fitted)), Number(training.SkippedSteps));
    return fitted;
}

double Accuracy(ITransformer fitted) => ml.MulticlassClassification.Evaluate(fitted.Transform(split.TestSet)).MicroAccuracy;

static TrainedNetwork NetworkOf(ITransformer fitted) => ((IEnumerable<ITransformer>)fitted).OfType<NeuralNetworkTransformer>().Single().Model;

static string ClipperOf(ITransformer fitted) => Descriptions.ToJson(NetworkOf(fitted).Options.Gradients!);

static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
