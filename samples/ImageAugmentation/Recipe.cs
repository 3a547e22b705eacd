using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.ImageAugmentation;

/// <summary>A way to make more of few images.</summary>
/// <param name="Name">What is printed.</param>
/// <param name="Augmentation">What the trainer does to the images of each step; null for nothing.</param>
/// <param name="Copies">How many altered copies <c>AugmentImages</c> puts behind each image; 0 for none.</param>
internal sealed record Recipe(string Name, Augmentation? Augmentation, int Copies)
{
    private static readonly int[] Shape = [1, 8, 8];

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("the images as they are", null, 0),
        new("AugmentImages, 3 copies", null, 3),
        new("in the trainer: Images", Augmentation.Images(Shape), 0),
        new("in the trainer: Images, Mixup", Augmentation.Images(Shape).Then(Augmentation.Mixup(0.2)), 0),
    ];

    /// <summary>The transforms and the trainer. Copies are made of the rows that are fitted on, never of those that are scored.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="options">Options that all recipes share.</param>
    /// <param name="epochs">Passes over the images; with copies fewer, so that all recipes make as many steps.</param>
    public IEstimator<ITransformer> Pipeline(MLContext ml, NeuralNetworkOptions options, int epochs)
    {
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(options with
        {
            FeatureColumnName = nameof(Digit.Pixels),
            Network = Network.Cnn(Shape, [Layer.Conv(16, 3), Layer.MaxPool(2), Layer.Conv(32, 3), Layer.MaxPool(2), Layer.Flatten()]),
            Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(5e-3, 20)),
            Augmentation = Augmentation,
            Epochs = epochs / (1 + Copies),
        });
        var keys = ml.Transforms.Conversion.MapValueToKey("Label");
        IEstimator<ITransformer> images = Copies > 0
            ? keys.Append(ml.Transforms.AugmentImages(nameof(Digit.Pixels), 8, 8, options: new AugmentImagesOptions { Copies = Copies, Seed = 1 }))
            : keys;
        return images.Append(trainer);
    }
}
