using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    /// <summary>Trains and evaluates a calibrated classifier on each fold.</summary>
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(IDataView data,
        IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label",
        string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidateFolds(data, estimator, numberOfFolds, labelColumnName, samplingKeyColumnName, seed,
            scored => Evaluate(scored, labelColumnName));

    /// <summary>Trains and evaluates a classifier on each fold.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(IDataView data,
        IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label",
        string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidateFolds(data, estimator, numberOfFolds, labelColumnName, samplingKeyColumnName, seed,
            scored => EvaluateNonCalibrated(scored, labelColumnName));
}
