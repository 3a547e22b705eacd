using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.Sweep;

// Which clipping, first weights, rate and width suit the digits? Sweep [folder]: the journal there lets a sweep that was ended go on.
var folder = args.ElementAtOrDefault(0) ?? Path.Combine("artifacts", "sweep");
const int Trials = 24;
const int Seed = 1;

var ml = new MLContext(Seed);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var heldOut = ml.Data.TrainTestSplit(rows, testFraction: 0.25, seed: Seed);
var split = ml.Data.TrainTestSplit(heldOut.TrainSet, testFraction: 0.25, seed: Seed);

// ValidationFraction: the trainer's own validation rows, by which Tuner.Asha ends weak trials early.
var start = new NeuralNetworkOptions { ValidationFraction = 0.15, Seed = Seed };
var space = OptionSpace.Of(start)
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
    .LogUniform("rate", 1e-4, 0.1, (options, rate) => options with { Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(rate, 50)) }, start: 1e-3)
    .Integer("width", 16, 512, (options, width) => options with { Network = Network.Mlp([width, width / 2], dropout: 0.1) }, logarithmic: true, start: 256);

using var result = TrainingDisplay.UntilCtrlC(cancellation => SweepDisplay<NeuralNetworkOptions>.Run(progress =>
    new OptionSweep<NeuralNetworkOptions>(ml, space, Pipeline, SweepMetric.LogLoss())
    {
        Tuner = Tuner.Asha(Tuner.Tpe(), minEpochs: 5),
        Trials = Trials,
        Seed = Seed,
        TimeLimit = TimeSpan.FromMinutes(4),
        Journal = Path.Combine(folder, "digits.jsonl"),
        Progress = progress,
        CancellationToken = cancellation,
    }.Run(split.TrainSet, split.TestSet)));

Console.WriteLine(result);
if (!result.HasBest)
{
    return 1;
}

result.SaveCsv(Path.Combine(folder, "digits.csv"));
Console.WriteLine($"written to {folder}: digits.jsonl, digits.csv");

// The rows that chose the best trial flatter it: both networks meet rows that neither has seen, after training on all others.
Compare("default options", new NeuralNetworkOptions { Seed = Seed });
Compare($"options of trial {result.Best.Number}", result.Best.Options! with { ValidationFraction = 0 });
return 0;

IEstimator<ITransformer> Pipeline(NeuralNetworkOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

void Compare(string name, NeuralNetworkOptions options)
{
    var metrics = ml.MulticlassClassification.Evaluate(Pipeline(options).Fit(heldOut.TrainSet).Transform(heldOut.TestSet));
    Console.WriteLine(Invariant($"held-out rows: accuracy {metrics.MicroAccuracy:F4}, log-loss {metrics.LogLoss:F4} with the {name}"));
}

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
