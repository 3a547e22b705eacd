using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>Watching a run changes nothing in it.</summary>
[Trait("Row", "R29")]
public class RunObserverTests
{
    public static TheoryData<string> Runs => ["calm", "exploding", "exploding, guarded", "accumulating"];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Weights_are_the_same_bit_for_bit_with_and_without_a_diagnosis(string run)
    {
        var options = Illnesses.Bare() with { Network = Network.Mlp([32, 32], dropout: 0.3, normalization: Normalization.Batch()), Epochs = 2 };
        options = run switch
        {
            "exploding" => options with { Constraint = new At(40, "hidden1", 1e6), Gradients = null, Optimizer = Optimizer.Sgd(0.05) },
            "exploding, guarded" => options with { Constraint = new At(40, "output", 1e3), Stability = new() },
            "accumulating" => options with { AccumulationSteps = 3, BatchSize = 8 },
            _ => options,
        };
        var watched = Weights(options with { DiagnosisEvery = 1 });
        Assert.Equal(Weights(options with { DiagnosisEvery = null }), watched);
        Assert.Equal(Weights(options with { DiagnosisEvery = 7 }), watched);
    }

    [Fact]
    public void A_run_has_a_diagnosis_unless_it_is_turned_off()
    {
        var options = Illnesses.Bare(64) with { Epochs = 1 };
        var off = Illnesses.Train(options with { DiagnosisEvery = null });
        Assert.Null(off.Diagnosis);
        Assert.Empty(off.Samples);
        var on = Illnesses.Train(options with { DiagnosisEvery = 10 });
        Assert.Equal([0L, 10, 20, 30, 40, 50], on.Samples.Select(sample => sample.Step));
        Assert.All(on.Samples, sample => Assert.Equal(["hidden0", "activation0", "output"], sample.Layers.Select(layer => layer.Layer)));
        Assert.Equal(DiagnosisKind.Healthy, on.Diagnosis!.Kind);
        Assert.NotNull(Illnesses.Train(options with { DiagnosisEvery = new NeuralNetworkOptions().DiagnosisEvery }).Diagnosis);
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { DiagnosisEvery = 0 });
    }

    [Fact]
    public void The_log_ends_with_the_verdict()
    {
        var ml = new MLContext(1);
        var lines = new List<string>();
        ml.Log += (_, e) => lines.Add(e.Message);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(Illnesses.Bare(64) with { Epochs = 2 }).Fit(ml.Data.LoadFromEnumerable(Illnesses.Digits));
        var verdict = lines.FindIndex(line => line.Contains("Diagnosis: Healthy: the loss went from ", StringComparison.Ordinal));
        Assert.True(verdict > lines.FindIndex(line => line.Contains("Completed: all 2 epochs were trained.", StringComparison.Ordinal)));
    }

    private static float[] Weights(NeuralNetworkOptions options)
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(Illnesses.Digits.Take(800)));
        using var _ = no_grad();
        return [.. model.Model.Module.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }
}
