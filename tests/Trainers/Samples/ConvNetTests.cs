using Microsoft.ML;
using Samples.ConvNet;

namespace MLNet.GradStability.Tests;

/// <summary>What samples/ConvNet does: the network of the text on real images.</summary>
[Trait("Row", "R22")]
public class ConvNetTests
{
    [Fact]
    public void It_reads_digits_better_than_chance_after_ten_epochs_of_a_hundred_images()
    {
        var ml = new MLContext(seed: 1);
        var (train, test) = ConvNetTraining.Images(ml, Digits(ml));

        var model = ConvNetTraining.Pipeline(ml, ConvNetTraining.Options).Fit(train);

        var training = ((IEnumerable<ITransformer>)model).OfType<NeuralNetworkTransformer>().Single().Model.Training!;
        Assert.Equal((100, 10), (ml.Data.CreateEnumerable<LargeDigit>(train, reuseRowObject: false).Count(), training.Epochs.Count));
        Assert.True(training.Epochs[^1].Loss < 0.95 * training.Epochs[0].Loss, string.Join(" ", training.Epochs.Select(epoch => epoch.Loss)));
        var accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        Assert.True(accuracy > 0.12, $"{accuracy}");
        ((IDisposable)model).Dispose();
    }

    [Fact]
    public void Enlarged_images_keep_constants_edges_and_slopes()
    {
        var flat = LargeDigit.Enlarged([.. Enumerable.Repeat(7f, 64)]);
        var slope = LargeDigit.Enlarged([.. Enumerable.Range(0, 64).Select(i => (float)(i % 8))]);

        Assert.All(flat, pixel => Assert.Equal(7, pixel));
        Assert.Equal((0f, 7f), (slope[0], slope[27]));
        Assert.Equal(2.0 / 7, slope[15] - slope[14], 5);
        Assert.Equal(slope[..28], slope[^28..]);
    }

    private static List<Digit> Digits(MLContext ml) => [.. ml.Data.CreateEnumerable<Digit>(
        ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true), reuseRowObject: false)];
}
