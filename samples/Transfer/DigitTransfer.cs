using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Transfer;

/// <summary>Learns the digits 0 to 4 from all their images, then 5 to 9 from a few of theirs.</summary>
internal sealed class DigitTransfer(MLContext ml, IEnumerable<Digit> digits)
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        FeatureColumnName = nameof(Digit.Pixels),
        Network = Network.Cnn([1, 8, 8], [Layer.Conv(16, 3), Layer.Conv(32, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dense(64)], normalization: Normalization.Batch()),
    };

    // Few images make few steps: a short warm-up.
    private static readonly Optimizer Adam = Optimizer.AdamW(Schedule.WarmupCosine(3e-3, 5));
    private readonly ILookup<bool, Digit> _byLow = digits.ToLookup(digit => digit.Label[0] < '5');

    public int LowDigits => _byLow[true].Count();

    /// <summary>What training on 5 to 9 may start from and leave as it is.</summary>
    /// <param name="file">The saved model of 0 to 4. Its head knows other digits, and so a new one is drawn.</param>
    /// <param name="epochs">Passes over the images.</param>
    public static IReadOnlyList<(string Name, NeuralNetworkOptions Options)> Ways(string file, int epochs)
    {
        var few = Options with { BatchSize = 16, Epochs = epochs, Optimizer = Adam };
        var started = few with { StartFrom = StartingWeights.FromModelFile(file).Except("output*") };
        return
        [
            ("from nothing", few),
            ("new head alone", started with { Optimizer = Adam.Freeze("*").ForLayers("output", rateScale: 10) }),
            ("unfrozen half-way", started with { Optimizer = Adam.Freeze("conv*", untilEpoch: (epochs / 2) + 1) }),
            ("all layers", started),
        ];
    }

    /// <summary>Learns 0 to 4; saves the model, and its weights for Python.</summary>
    public void LearnLow(string file, string weights, int epochs)
    {
        var rows = Digit.Keyed(ml, _byLow[true]);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Epochs = epochs, Seed = 1 }).Fit(rows);
        ml.Model.SaveSafely(model, rows.Schema, file);
        model.Model.SaveSafetensors(weights);
    }

    /// <summary>Learns 5 to 9 from a few images each.</summary>
    /// <param name="options">Where to start and what to train.</param>
    /// <param name="perDigit">Images of each digit.</param>
    /// <param name="seed">Draws the images, the weights that are new and the order of the rows.</param>
    /// <returns>The accuracy on the other images of 5 to 9.</returns>
    public double LearnHigh(NeuralNetworkOptions options, int perDigit, int seed)
    {
        var random = new Random(seed);
        var drawn = _byLow[false].GroupBy(digit => digit.Label).SelectMany(group => group.OrderBy(_ => random.Next()).Take(perDigit)).ToHashSet();
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Seed = seed }).Fit(Digit.Keyed(ml, drawn));
        return ml.MulticlassClassification.Evaluate(model.Transform(Digit.Keyed(ml, _byLow[false].Where(digit => !drawn.Contains(digit))))).MicroAccuracy;
    }
}
