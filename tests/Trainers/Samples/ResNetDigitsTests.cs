using Microsoft.ML;
using Samples.ResNetDigits;

namespace MLNet.GradStability.Tests;

/// <summary>What samples/ResNetDigits does, on few images with narrow networks.</summary>
[Trait("Row", "R23")]
public class ResNetDigitsTests
{
    [Theory]
    [InlineData(18)]
    [InlineData(50)]
    public void It_learns_digits(int depth)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.TakeRows(
            ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true), 300);

        var model = ResNetTraining.Pipeline(ml, new() { Network = ResNetTraining.Network(depth, 4), Epochs = 4, BatchSize = 50, Optimizer = Optimizer.AdamW(1e-2) }).Fit(rows);

        var training = ((IEnumerable<ITransformer>)model).OfType<NeuralNetworkTransformer>().Single().Model.Training!;
        Assert.True(training.Epochs[^1].Loss < 0.6 * training.Epochs[0].Loss, string.Join(" ", training.Epochs.Select(epoch => epoch.Loss)));
        ((IDisposable)model).Dispose();
    }
}
