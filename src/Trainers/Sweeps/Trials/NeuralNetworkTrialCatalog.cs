using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// The trainers as trials of a search that an exception would end, such as AutoML's: <c>ml.MulticlassClassification.Trainers.NeuralNetworkTrial(…)</c> and its siblings.
/// <see cref="OptionSweep{TOptions}"/> needs them not.
/// </summary>
public static class NeuralNetworkTrialCatalog
{
    /// <summary>A trial of a deep network for multiclass classification; the label is a key.</summary>
    /// <param name="catalog"><c>ml.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The options of the trial; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options have checkpoints or share the training between processes.</exception>
    public static NeuralNetworkTrialEstimator NeuralNetworkTrial(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new(), catalog.NeuralNetwork);
    }

    /// <summary>A trial of a deep network for binary classification; the label is Boolean, or a vector of truth values (multi-label).</summary>
    /// <param name="catalog"><c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">The options of the trial; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options have checkpoints or share the training between processes.</exception>
    public static NeuralNetworkTrialEstimator NeuralNetworkTrial(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new(), catalog.NeuralNetwork);
    }

    /// <summary>A trial of a deep network for regression; the label is Single, or a vector of numbers to predict at once.</summary>
    /// <param name="catalog"><c>ml.Regression.Trainers</c>.</param>
    /// <param name="options">The options of the trial; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options have checkpoints or share the training between processes.</exception>
    public static NeuralNetworkTrialEstimator NeuralNetworkTrial(
        this RegressionCatalog.RegressionTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new(), catalog.NeuralNetwork);
    }
}
