using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;

namespace Samples.Tabular;

/// <summary>Yes or no from a table: is a tumour malignant?</summary>
internal static class Binary
{
    /// <summary>The metrics of each fold.</summary>
    public static IReadOnlyList<CalibratedBinaryClassificationMetrics> CrossValidate(MLContext ml, IDataView rows, NeuralNetworkOptions options, int folds)
    {
        var results = ml.BinaryClassification.CrossValidate(rows, ml.BinaryClassification.Trainers.NeuralNetwork(options), folds);
        return [.. results.Select(fold => fold.Metrics)];
    }

    /// <summary>What shuffling each feature costs, by name, most first: how much the area under the ROC curve falls on held-out rows.</summary>
    public static (NeuralNetworkTransformer Model, IReadOnlyList<(string Feature, double Drop)> Importance) Importance(
        MLContext ml, IDataView rows, NeuralNetworkOptions options, IReadOnlyList<string> names)
    {
        var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);
        var model = ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(split.TrainSet);
        var statistics = ml.BinaryClassification.PermutationFeatureImportance(model, split.TestSet, permutationCount: 3);
        return (model, [.. statistics.Select((feature, i) => (names[i], -feature.AreaUnderRocCurve.Mean)).OrderByDescending(feature => feature.Item2)]);
    }
}
