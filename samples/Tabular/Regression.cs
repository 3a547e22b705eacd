using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;

namespace Samples.Tabular;

/// <summary>A number from a table: the progression of diabetes.</summary>
internal static class Regression
{
    /// <summary>Trains on four fifths of the rows and measures on the rest, beside the mean of the training labels as a guess.</summary>
    public static (ITransformer Model, RegressionMetrics Metrics, double RmseOfMean) Run(MLContext ml, IDataView rows, NeuralNetworkOptions options)
    {
        var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);
        var model = ml.Regression.Trainers.NeuralNetwork(options).Fit(split.TrainSet);
        var mean = Labels(ml, split.TrainSet).Average();
        return (model, ml.Regression.Evaluate(model.Transform(split.TestSet)), Math.Sqrt(Labels(ml, split.TestSet).Average(label => (label - mean) * (label - mean))));
    }

    private static IEnumerable<float> Labels(MLContext ml, IDataView rows) => ml.Data.CreateEnumerable<Patient>(rows, reuseRowObject: false).Select(patient => patient.Label);
}
