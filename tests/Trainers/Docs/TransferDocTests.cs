using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/transfer.md.</summary>
[Trait("Row", "R19")]
public sealed class TransferDocTests
{
    [Fact]
    public void The_examples_are_compiled_and_run()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var (zip, tensors) = (Path.Combine(folder.Path, "digits.zip"), Path.Combine(folder.Path, "digits.safetensors"));
        var ml = new MLContext(1);
        var options = new NeuralNetworkOptions { Network = Transfer.Digits.Net, Epochs = 1, Seed = 1 };
        var low = Transfer.Digits.Low(ml, 100);
        using (var old = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(low))
        {
            ml.Model.SaveSafely(old, low.Schema, zip);
        }

        var (train, _) = Transfer.Digits.High(ml, perDigit: 2);

        // <example>
        var head = options with
        {
            StartFrom = StartingWeights.FromModelFile(zip).Except("output*"),   // a new head, for other classes
            Optimizer = Optimizer.AdamW(1e-3).Freeze("*").ForLayers("output"),           // and nothing else is trained
        };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(head).Fit(train);
        // </example>

        // <example>
        var optimizer = Optimizer.AdamW(1e-3)
            .ForLayers("conv*", rateScale: 0.1)      // once unfrozen, a tenth of the rate
            .Freeze("conv*", untilEpoch: 6)
            .Freeze("norm*", untilEpoch: 6)
            .Freeze("dense*", untilEpoch: 3);        // epochs 1 and 2 train the head alone
        // </example>

        var log = new List<string>();
        ml.Log += (_, e) => log.Add(e.RawMessage);
        ml.MulticlassClassification.Trainers.NeuralNetwork(head with { Optimizer = optimizer, Epochs = 6 }).Fit(train).Dispose();
        Assert.Contains("Epoch 3: dense4 is unfrozen and trained from here on.", log);

        // <example>
        model.Model.SaveSafetensors(tensors);
        // </example>

        using var stream = File.OpenRead(tensors);
        Assert.Contains(SafetensorsHeader.Read(stream).Entries, entry => entry.Name == "conv0.weight");
        PageExamples.AssertSame("docs/transfer.md", new Dictionary<string, string> { ["\"digits.zip\""] = "zip", ["\"digits.safetensors\""] = "tensors" });
    }
}
