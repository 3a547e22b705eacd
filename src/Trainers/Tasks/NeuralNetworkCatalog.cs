using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>The trainers as ML.NET users look for them: <c>ml.MulticlassClassification.Trainers.NeuralNetwork(…)</c> and its siblings.</summary>
public static class NeuralNetworkCatalog
{
    /// <summary>A deep network for multiclass classification; the label is a key.</summary>
    /// <param name="catalog"><c>ml.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public static MulticlassNeuralNetworkTrainer NeuralNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new());
    }

    /// <summary>A deep network for binary classification; the label is Boolean, or a vector of truth values (multi-label).</summary>
    /// <param name="catalog"><c>ml.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public static BinaryNeuralNetworkTrainer NeuralNetwork(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new());
    }

    /// <summary>A deep network for regression; the label is Single, or a vector of numbers to predict at once.</summary>
    /// <param name="catalog"><c>ml.Regression.Trainers</c>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public static RegressionNeuralNetworkTrainer NeuralNetwork(
        this RegressionCatalog.RegressionTrainers catalog, NeuralNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), options ?? new());
    }
}
