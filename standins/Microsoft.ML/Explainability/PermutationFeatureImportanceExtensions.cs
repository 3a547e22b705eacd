using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>How much each feature matters: what metrics change when its values are shuffled between the rows.</summary>
public static class PermutationFeatureImportanceExtensions
{
    /// <summary>The changes of binary metrics, by the slots of the features.</summary>
    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this BinaryClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = "Label", bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
        where TModel : class =>
        new PermutationImportance<TModel, BinaryClassificationMetrics, BinaryClassificationMetricsStatistics>(
            catalog.GetEnvironment(), predictionTransformer, scored => catalog.EvaluateNonCalibrated(scored, labelColumnName), () => new())
        .Measure(data, numberOfExamplesToUse, permutationCount);

    /// <summary>The changes of multiclass metrics, by the slots of the features.</summary>
    public static ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this MulticlassClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = "Label", bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
        where TModel : class =>
        new PermutationImportance<TModel, MulticlassClassificationMetrics, MulticlassClassificationMetricsStatistics>(
            catalog.GetEnvironment(), predictionTransformer, scored => catalog.Evaluate(scored, labelColumnName), () => new())
        .Measure(data, numberOfExamplesToUse, permutationCount);

    /// <summary>The changes of regression metrics, by the slots of the features.</summary>
    public static ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(
        this RegressionCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = "Label", bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
        where TModel : class =>
        new PermutationImportance<TModel, RegressionMetrics, RegressionMetricsStatistics>(
            catalog.GetEnvironment(), predictionTransformer, scored => catalog.Evaluate(scored, labelColumnName), () => new())
        .Measure(data, numberOfExamplesToUse, permutationCount);

    /// <summary>The changes of binary metrics, by the names of the features; takes ML.NET's own predictors only.</summary>
    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceNonCalibrated(
        this BinaryClassificationCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
        throw NoCompatiblePredictor(catalog, model, data);

    /// <summary>The changes of multiclass metrics, by the names of the features; takes ML.NET's own predictors only.</summary>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
        this MulticlassClassificationCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
        throw NoCompatiblePredictor(catalog, model, data);

    /// <summary>The changes of regression metrics, by the names of the features; takes ML.NET's own predictors only.</summary>
    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
        this RegressionCatalog catalog, ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
        throw NoCompatiblePredictor(catalog, model, data);

    // These overloads know a predictor by an interface internal to ML.NET, which only its own trainers' models have; here are none.
    private static Exception NoCompatiblePredictor(TrainCatalogBase catalog, ITransformer model, IDataView data)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(model, nameof(model));
        return Contracts.Mark(new ArgumentNullException("lastTransformer", "The model provided does not have a compatible predictor"));
    }
}
