using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability;

/// <summary>
/// The networks as AutoML's sweepable estimators: <c>ml.Auto().MulticlassNeuralNetwork()</c> and its siblings, to be appended to a pipeline and given to
/// <c>AutoMLExperiment.SetPipeline</c>. Each trial is a <see cref="NeuralNetworkTrialEstimator"/>: one that fails has a finite, bad score.
/// </summary>
/// <remarks>
/// With a seed in the MLContext, or in the options, all trials start from the same one and differ by what is searched. Give the token of
/// <c>AutoMLExperiment.RunAsync</c> to <see cref="NeuralNetworkOptions.CancellationToken"/> too, and a cancelled experiment ends at the next step of its trial.
/// </remarks>
public static class AutoMLNeuralNetworkCatalog
{
    /// <summary>A multilayer perceptron for multiclass classification whose <see cref="NeuralNetworkSweepOptions"/> are searched; the label is a key.</summary>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="start">What is not searched, such as column names and epochs; null for the defaults.</param>
    /// <param name="space">What is searched; null for all of <see cref="NeuralNetworkSweepOptions"/>, from its defaults on.</param>
    public static SweepableEstimator MulticlassNeuralNetwork(this AutoCatalog catalog, NeuralNetworkOptions? start = null, SearchSpace<NeuralNetworkSweepOptions>? space = null) =>
        catalog.MulticlassNeuralNetwork(swept => swept.ToOptions(start), space);

    /// <summary>A network for multiclass classification whose options come of a class of your own; the label is a key.</summary>
    /// <typeparam name="TSwept">A class with the attributes of Microsoft.ML.SearchSpace.</typeparam>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="toOptions">Makes the options of a trial.</param>
    /// <param name="space">What is searched; null for all members of the class that have an attribute.</param>
    public static SweepableEstimator MulticlassNeuralNetwork<TSwept>(this AutoCatalog catalog, Func<TSwept, NeuralNetworkOptions> toOptions, SearchSpace<TSwept>? space = null)
        where TSwept : class, new() =>
        Create(catalog, toOptions, space, (context, options) => context.MulticlassClassification.Trainers.NeuralNetworkTrial(options));

    /// <summary>A multilayer perceptron for binary classification whose <see cref="NeuralNetworkSweepOptions"/> are searched; the label is Boolean.</summary>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="start">What is not searched, such as column names and epochs; null for the defaults.</param>
    /// <param name="space">What is searched; null for all of <see cref="NeuralNetworkSweepOptions"/>, from its defaults on.</param>
    public static SweepableEstimator BinaryNeuralNetwork(this AutoCatalog catalog, NeuralNetworkOptions? start = null, SearchSpace<NeuralNetworkSweepOptions>? space = null) =>
        catalog.BinaryNeuralNetwork(swept => swept.ToOptions(start), space);

    /// <summary>A network for binary classification whose options come of a class of your own; the label is Boolean.</summary>
    /// <typeparam name="TSwept">A class with the attributes of Microsoft.ML.SearchSpace.</typeparam>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="toOptions">Makes the options of a trial.</param>
    /// <param name="space">What is searched; null for all members of the class that have an attribute.</param>
    public static SweepableEstimator BinaryNeuralNetwork<TSwept>(this AutoCatalog catalog, Func<TSwept, NeuralNetworkOptions> toOptions, SearchSpace<TSwept>? space = null)
        where TSwept : class, new() =>
        Create(catalog, toOptions, space, (context, options) => context.BinaryClassification.Trainers.NeuralNetworkTrial(options));

    /// <summary>A multilayer perceptron for regression whose <see cref="NeuralNetworkSweepOptions"/> are searched; the label is Single.</summary>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="start">What is not searched, such as column names and epochs; null for the defaults.</param>
    /// <param name="space">What is searched; null for all of <see cref="NeuralNetworkSweepOptions"/>, from its defaults on.</param>
    public static SweepableEstimator RegressionNeuralNetwork(this AutoCatalog catalog, NeuralNetworkOptions? start = null, SearchSpace<NeuralNetworkSweepOptions>? space = null) =>
        catalog.RegressionNeuralNetwork(swept => swept.ToOptions(start), space);

    /// <summary>A network for regression whose options come of a class of your own; the label is Single.</summary>
    /// <typeparam name="TSwept">A class with the attributes of Microsoft.ML.SearchSpace.</typeparam>
    /// <param name="catalog"><c>ml.Auto()</c>.</param>
    /// <param name="toOptions">Makes the options of a trial.</param>
    /// <param name="space">What is searched; null for all members of the class that have an attribute.</param>
    public static SweepableEstimator RegressionNeuralNetwork<TSwept>(this AutoCatalog catalog, Func<TSwept, NeuralNetworkOptions> toOptions, SearchSpace<TSwept>? space = null)
        where TSwept : class, new() =>
        Create(catalog, toOptions, space, (context, options) => context.Regression.Trainers.NeuralNetworkTrial(options));

    // CreateSweepableEstimator of AutoML 0.23 has null as the default of its space and cannot do with it.
    private static SweepableEstimator Create<TSwept>(
        AutoCatalog catalog, Func<TSwept, NeuralNetworkOptions> toOptions, SearchSpace<TSwept>? space, Func<MLContext, NeuralNetworkOptions, IEstimator<ITransformer>> trial)
        where TSwept : class, new()
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(toOptions);
        return catalog.CreateSweepableEstimator((context, swept) => trial(context, toOptions(swept)), space ?? new SearchSpace<TSwept>());
    }
}
