using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.Sweep;

// Which clipping, first weights, rate and width suit the digits? Sweep [folder] [seed]: the journal in the folder lets a sweep that was ended go on; another seed
// splits the rows anew, and needs another folder.
var folder = args.ElementAtOrDefault(0) ?? Path.Combine("artifacts", "sweep");
var seed = int.Parse(args.ElementAtOrDefault(1) ?? "1", CultureInfo.InvariantCulture);
const int Trials = 24;
const int Refits = 5;

var ml = new MLContext(seed);
var rows = ml.Data.Cache(ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true));
var heldOut = ml.Data.TrainTestSplit(rows, testFraction: 0.25, seed: seed);
var split = ml.Data.TrainTestSplit(heldOut.TrainSet, testFraction: 0.25, seed: seed);

// The first trial has the first value of each choice and the start of each range: here the default options, so that the search starts from what there is.
// ValidationFraction: the trainer's own validation rows, by which Tuner.Asha ends weak trials early.
var space = OptionSpace.Of(new NeuralNetworkOptions { ValidationFraction = 0.15 })
    .Choice("clipper", (options, clipper) => options with { Gradients = clipper },
        GradientTransform.ClipByGlobalNorm(1),
        GradientTransform.AutoClip(),
        GradientTransform.Adaptive(),
        null)
    .When("clipper", GradientTransform.ClipByGlobalNorm(1), inner => inner
        .LogUniform("largest norm", 0.1, 10, (options, norm) => options with { Gradients = GradientTransform.ClipByGlobalNorm(norm) }, start: 1))
    .Choice("initialiser", (options, initializer) => options with { Initializer = initializer },
        Initializer.Isometric(),
        Initializer.HeNormal(),
        Initializer.XavierUniform(),
        Initializer.Normal(0.01))
    .LogUniform("rate", 1e-4, 0.1, (options, rate) => options with { Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(rate, 50), weightDecay: null) }, start: 1e-3)
    .Integer("width", 16, 512, (options, width) => options with { Network = Network.Mlp([width, width / 2], dropout: 0.1) }, logarithmic: true, start: 256);

var (result, cancelled) = TrainingDisplay.UntilCtrlC(cancellation => (SweepDisplay<NeuralNetworkOptions>.Run(progress =>
    new OptionSweep<NeuralNetworkOptions>(ml, space, Pipeline, SweepMetric.LogLoss())
    {
        Tuner = Tuner.Asha(Tuner.Tpe(), minEpochs: 5),
        Trials = Trials,
        Seed = seed,
        TimeLimit = TimeSpan.FromMinutes(2.5),
        Journal = Path.Combine(folder, "digits.jsonl"),
        Progress = progress,
        CancellationToken = cancellation,
    }.Run(split.TrainSet, split.TestSet)), cancellation.IsCancellationRequested));
using var found = result;

SweepDisplay<NeuralNetworkOptions>.Show(result);
SweepReport.Of(result).WithTitle("Digits: the search").SaveHtml(Written("sweep.html"));
result.SaveCsv(Written("trials.csv"));
if (!result.HasBest)
{
    return 1;
}

// The same options and seed on the same rows: the training of the best trial once more, also when the trial is of an earlier run.
var best = Pipeline(result.Best.Options! with { Seed = seed }).Fit(split.TrainSet);
TrainingReport.Of(best).WithTitle($"Digits: the training of trial {result.Best.Number}").WithEvaluation(best.Transform(heldOut.TestSet), "held-out rows").SaveHtml(Written("training.html"));
(best as IDisposable)?.Dispose();
if (cancelled)
{
    return 130;
}

if (!result.Trials.Any(trial => trial.Number != 1 && trial.State == TrialState.Completed))
{
    Console.WriteLine("Nothing but the default options came to its end: they stay the choice.");
    return 0;
}

var (challenger, isClearlyBetter) = Finals.Play(ml, result, Pipeline, heldOut.TrainSet);
Console.WriteLine(isClearlyBetter
    ? $"The options of trial {challenger.Number} are the choice: the difference is more than twice its standard error."
    : "The default options stay the choice: no difference is more than twice its standard error.");

// The held-out rows choose nothing. They meet both networks, each trained on all other rows under several seeds.
Measure("the default options", new NeuralNetworkOptions());
Measure($"the options of trial {challenger.Number}", Finals.Whole(challenger.Options!));
return 0;

IEstimator<ITransformer> Pipeline(NeuralNetworkOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

void Measure(string name, NeuralNetworkOptions options)
{
    var fits = Enumerable.Range(1, Refits).Select(refit =>
    {
        var model = Pipeline(options with { Seed = refit }).Fit(heldOut.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(heldOut.TestSet));
        (model as IDisposable)?.Dispose();
        return (metrics.LogLoss, metrics.MicroAccuracy);
    }).ToList();
    Console.WriteLine($"held-out rows, {Refits} seeds: log-loss {Spread([.. fits.Select(fit => fit.LogLoss)])}, accuracy {Spread([.. fits.Select(fit => fit.MicroAccuracy)])} with {name}");
}

string Spread(IReadOnlyList<double> values) => string.Create(CultureInfo.InvariantCulture, $"{values.Average():F4} ± {Finals.Deviation(values):F4}");

string Written(string file)
{
    var path = Path.Combine(folder, file);
    Console.WriteLine($"written: {path}");
    return path;
}
