using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The example of the README is the code below, word for word, and it runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_examples_are_those_of_the_page() => PageExamples.AssertSame(
        "README.md", new Dictionary<string, string> { ["\"digits.zip\""] = "path", ["\"checkpoints\""] = "checkpoints", ["\"runs/first\""] = "runs" });

    [Fact]
    public void The_example_compiles_and_runs_as_printed()
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        var split = new MLContext(1).Data.TrainTestSplit(Samples.Digits(new MLContext(1)), testFraction: 0.1, seed: 1);
        try
        {
            var accuracy = Example(split.TrainSet, split.TestSet, Path.Combine(folder.FullName, "digits.zip"));
            Assert.InRange(accuracy, 0.95, 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Example(IDataView train, IDataView test, string path)
    {
        // <example>
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Network = Network.Mlp([128, 64], Activation.LeakyRelu(0.1), dropout: 0.1, normalization: Normalization.Batch()),
                Initializer = Initializer.HeNormal(leakySlope: 0.1),
                Gradients = GradientTransform.ClipByGlobalNorm(1.0),
                Regularizer = Regularizer.L1(1e-5),
                Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(peak: 3e-3, warmupSteps: 50)),
                Averaging = WeightAveraging.Ema(0.99),
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = pipeline.Fit(train);
        Console.WriteLine(ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
        ml.Model.SaveSafely(model, train.Schema, path);

        // Elsewhere, in another process:
        ITransformer loaded = new MLContext().UseGradStability().Model.Load(path, out DataViewSchema schema);
        // </example>
        Assert.Equal(train.Schema.Count, schema.Count);
        return ml.MulticlassClassification.Evaluate(loaded.Transform(test)).MicroAccuracy;
    }

    [Fact]
    public void The_options_of_a_watched_run_do_what_they_say()
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        var (checkpoints, runs) = (Path.Combine(folder.FullName, "checkpoints"), Path.Combine(folder.FullName, "runs"));
        try
        {
            // <example>
            var options = new NeuralNetworkOptions
            {
                ValidationFraction = 0.1,                       // measured before the first step and after each epoch; or trainer.Fit(train, validation)
                EarlyStopping = new(patience: 5),               // and back to the best epoch
                Checkpoints = new(checkpoints),               // a killed training goes on where it was, bit for bit
                Callbacks = [Callback.TensorBoard(runs)],
            };
            // </example>
            var ml = new MLContext(1);
            using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Ring", Epochs = 3 }).Fit(Samples.RingsView(ml));
            Assert.NotEmpty(Directory.EnumerateFiles(checkpoints, "*", SearchOption.AllDirectories));
            Assert.NotEmpty(Directory.EnumerateFiles(runs));
            Assert.Equal(3, model.Model.Training!.Epochs.Count(epoch => double.IsFinite(epoch.ValidationLoss)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
