using Microsoft.ML.Data;

namespace Microsoft.ML;

public abstract partial class TrainCatalogBase
{
    /// <summary>Fits the estimator once for each fold, on the other folds, and evaluates it on the fold.</summary>
    private protected IReadOnlyList<CrossValidationResult<T>> CrossValidateFolds<T>(IDataView data, IEstimator<ITransformer> estimator,
        int numFolds, string labelColumnName, string samplingKeyColumnName, int? seed, Func<IDataView, T> evaluate)
        where T : class
    {
        Contracts.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(estimator, nameof(estimator));
        Contracts.CheckParam(numFolds > 1, nameof(numFolds), "Must be more than 1");

        var folds = DataOperationsCatalog.SplitFolds(Environment, data, numFolds, samplingKeyColumnName, seed).Select(split =>
        {
            var model = estimator.Fit(split.TrainSet);
            return (Model: model, Scores: Score(model, split.TestSet));
        }).ToArray();
        return [.. folds.Select((fold, i) => new CrossValidationResult<T>(fold.Model, evaluate(fold.Scores), fold.Scores, i))];
    }

    // A chain scores with all its transformers, those meant only for training included, as ML.NET's does.
    private static IDataView Score(ITransformer model, IDataView data) =>
        model.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TransformerChain<>)
            ? GenericMethods.Invoke<IDataView>(ScoreChain<ITransformer>, type.GetGenericArguments(), model, data)
            : model.Transform(data);

    private static IDataView ScoreChain<T>(TransformerChain<T> chain, IDataView data)
        where T : class, ITransformer => chain.Transform(data, TransformerScope.Everything);
}
