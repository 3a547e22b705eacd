using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples.VectorLabels;

// VectorLabels: a network of 64 and 64 units with ReLU learns a vector from a cube of 2×2×2 numbers, by Adam in 20 epochs of batches of 2: first two numbers,
// then a cube of 2×2×2 truth values. Loss and error are printed for the rows trained on and for rows held out.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1);
var random = new Random(1);
var train = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => Cube.Draw(random)).ToList());
var test = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(_ => Cube.Draw(random)).ToList());
var options = new NeuralNetworkOptions
{
    FeatureColumnName = nameof(Cube.Cells),
    Network = Network.Mlp([64, 64], Activation.Relu()),
    Optimizer = Optimizer.Adam(1e-3),
    Epochs = 20,
    BatchSize = 2,
    Seed = 1,
};

Console.WriteLine("Two numbers, sum and maximum of the cells: squared error of the standardised numbers, and RMSE");
using (var numbers = ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Cube.Measures), RegressionLoss = RegressionLoss.Mse() }).Fit(train, test))
{
    Print(numbers.Model.Training!, metric => metric);
}

Console.WriteLine();
Console.WriteLine("2×2×2 truth values, whether each cell is greater than the one across: log-loss, and share of values told wrongly");
using (var truths = ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Cube.Greater) }).Fit(train, test))
{
    Print(truths.Model.Training!, accuracy => 1 - accuracy);
}

static void Print(TrainingResult training, Func<double, double> error)
{
    Console.WriteLine("epoch  train loss  train error  test loss  test error");
    foreach (var epoch in training.Epochs)
    {
        Console.WriteLine($"{epoch.Epoch,5}  {epoch.Loss,10:F4}  {error(epoch.Metric),11:F4}  {epoch.ValidationLoss,9:F4}  {error(epoch.ValidationMetric),10:F4}");
    }

    Console.WriteLine($"{training.StopReason} On the rows held out, after training: loss {training.FinalValidation!.Loss:F4}, error {error(training.FinalValidation.Metric):F4}.");
}
