using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The example of the README is the code below, word for word, and it runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_example_compiles_and_runs_as_printed()
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        var split = new MLContext(1).Data.TrainTestSplit(Samples.Digits(new MLContext(1)), testFraction: 0.1, seed: 1);
        try
        {
            Assert.Equal(Printed(), Compiled());
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

    private static string[] Printed()
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "README.md"));
        return [.. lines.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").Select(line => line.Trim().Replace("\"digits.zip\"", "path", StringComparison.Ordinal))];
    }

    private static string[] Compiled() =>
        [.. File.ReadAllLines(ThisFile()).SkipWhile(line => line.Trim() != "// <example>").Skip(1).TakeWhile(line => line.Trim() != "// </example>").Select(line => line.Trim())];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
