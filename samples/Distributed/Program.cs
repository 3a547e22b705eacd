using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.GradStability;
using Samples;
using Samples.Distributed;

// Distributed: one training of the handwritten digits, shared by the processes of an MPI job; run.sh starts it with one and with two. All of them run this program;
// the first one draws the progress, prints and writes. Started alone it trains alone, to the same network but for rounding.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var job = DataParallel.Mpi();
var here = job.Join();
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);
var model = here.IsFirst ? TrainingDisplay.Run(Train) : TrainingDisplay.UntilCtrlC(stop => Train(null, stop));

// Every rank has the model: each could score a part of what is to be scored.
var training = model.OfType<NeuralNetworkTransformer>().Single().Model.Training!;
if (here.IsFirst)
{
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine(FormattableString.Invariant(
        $"{training.Ranks} rank(s): {training.Steps} steps in {training.Duration.TotalSeconds:F1} s, {training.Communication / training.Duration:P0} of it in sums over the ranks; held-out accuracy {metrics.MicroAccuracy:F4}"));
}

// The first one writes, the others do nothing.
ml.Model.SaveSafely(model, rows.Schema, Outputs.Path("distributed.zip"));

TransformerChain<KeyToValueMappingTransformer> Train(IProgress<TrainingProgress>? progress, CancellationToken stop) =>
    ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            FeatureColumnName = nameof(Digit.Pixels),
            Network = Network.Mlp([1024, 1024, 512], dropout: 0.2),
            BatchSize = 256,
            Epochs = 30,
            Distribution = job,
            Progress = progress,
            CancellationToken = stop,
        }))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(split.TrainSet);
