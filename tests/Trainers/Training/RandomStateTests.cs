using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Fitting, scoring, saving and loading leave the process-wide random state as it was. Nothing else may draw from it meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class RandomStateTests
{
    [Fact]
    public void The_process_wide_random_state_is_as_before()
    {
        var ml = new MLContext(1);
        var before = State();
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new() { LabelColumnName = "Ring", Network = Network.Mlp([16, 16], dropout: 0.2), Epochs = 3 }).Fit(Samples.RingsView(ml));
        Assert.Equal(before, State());
        model.Transform(Samples.RingsView(ml)).Preview();
        Assert.Equal(before, State());

        using var stream = new MemoryStream();
        ml.Model.Save(model, Samples.RingsView(ml).Schema, stream);
        stream.Position = 0;
        ml.Model.Load(stream, out _);
        Assert.Equal(before, State());
    }

    private static byte[] State()
    {
        using var state = random.get_rng_state();
        return state.bytes.ToArray();
    }
}
