using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;
using Samples;
using Samples.Reports;

// Reports [folder]: the same regression three times, left alone and with bad batches, guarded and not; each as an HTML report.
var folder = args.FirstOrDefault() ?? Path.Combine("artifacts", "reports");
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile(
    Path.Combine(AppContext.BaseDirectory, "Data", "diabetes.csv"),
    [new TextLoader.Column("Features", DataKind.Single, 0, 9), new TextLoader.Column("Label", DataKind.Single, 10)],
    separatorChar: ',',
    hasHeader: true);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2);

var guarded = new NeuralNetworkOptions { ValidationFraction = 0.15, Epochs = 60, DiagnosisEvery = 10 };
Train("healthy", "Left alone", guarded);
Train("guarded", "Bad batches, guarded", guarded with { Callbacks = [BadBatches.Callback] });
Train("exploding", "Bad batches, no guard and no clipping", guarded with
{
    Callbacks = [BadBatches.Callback],
    Stability = null,
    Gradients = null,
    Optimizer = Optimizer.Sgd(0.05),
});

void Train(string name, string title, NeuralNetworkOptions options)
{
    Console.WriteLine(title);
    using var model = TrainingDisplay.Run((progress, stop) =>
        ml.Regression.Trainers.NeuralNetwork(options with { Progress = progress, CancellationToken = stop }).Fit(split.TrainSet));
    var training = model.Model.Training!;
    Console.WriteLine(training.Diagnosis);

    var path = Path.Combine(folder, name + ".html");
    TrainingReport.Of(model).WithTitle($"Diabetes: {title}").WithEvaluation(model.Transform(split.TestSet), "held-out rows").SaveHtml(path);
    training.SaveCsv(Path.ChangeExtension(path, ".csv"));
    training.SaveTensorBoard(Path.Combine(folder, "runs", name));
    Console.WriteLine($"report: {path}");
    Console.WriteLine();
}
