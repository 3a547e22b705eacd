using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using MLNet.GradStability;
using Samples;
using Samples.AutoML;

// AutoML [search|evaluate] [trials]: AutoML searches options of a network for the digits, or the network that it found is loaded and measured. In every fourth trial a rate
// without guard breaks the training, to show that such a trial is a bad score and no end of the search.
var path = Outputs.Path("automl.zip");
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var heldOut = ml.Data.TrainTestSplit(rows, testFraction: 0.25, seed: 1);
if (args.FirstOrDefault() == "evaluate")
{
    Measure(ml.UseGradStability().Model.Load(path, out _));
    return;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var started = 0;
var start = new NeuralNetworkOptions { Epochs = 15, CancellationToken = stop.Token };
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
    .Append(ml.Auto().MulticlassNeuralNetwork<NeuralNetworkSweepOptions>(swept => ++started % 4 == 0 ? Broken(swept.ToOptions(start)) : swept.ToOptions(start)))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

// The last budget that is set counts: here a number of trials; SetTrainingTimeInSeconds is the other.
var best = await ml.Auto().CreateExperiment()
    .SetPipeline(pipeline)
    .SetDataset(ml.Data.TrainTestSplit(heldOut.TrainSet, testFraction: 0.25, seed: 1))
    .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, "Label")
    .SetCostFrugalTuner()
    .SetMonitor(new TrialLines())
    .SetMaxModelToExplore(int.Parse(args.ElementAtOrDefault(1) ?? "12", CultureInfo.InvariantCulture))
    .RunAsync(stop.Token);

Console.WriteLine($"best: trial {best.TrialSettings.TrialId}, {TrialLines.Options(best)}");
Console.WriteLine(TrialLines.Network(best.Model).Summary());
Measure(best.Model);
ml.Model.SaveSafely(best.Model, rows.Schema, path);
Console.WriteLine($"saved {path}; AutoML evaluate loads and measures it");

void Measure(ITransformer model)
{
    // AutoML's metrics are of the rows that chose the trial; these rows chose nothing.
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(heldOut.TestSet));
    Console.WriteLine(FormattableString.Invariant($"held-out rows: accuracy {metrics.MicroAccuracy:F4}, log-loss {metrics.LogLoss:F4}"));
}

static NeuralNetworkOptions Broken(NeuralNetworkOptions options) => options with { Optimizer = Optimizer.Sgd(1e30), Gradients = null, Stability = null };
