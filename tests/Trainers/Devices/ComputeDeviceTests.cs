using Microsoft.ML;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>What MLContext.GpuDeviceId and MLContext.FallbackToCpu do where there is no GPU of that number.</summary>
public class ComputeDeviceTests
{
    // More than any machine has.
    private const int Missing = 99;

    private static readonly string Error =
        $"MLContext.GpuDeviceId must be the number of a GPU that libtorch can use; got {Missing}, and {(torch.cuda.is_available() ? $"libtorch finds {torch.cuda.device_count()}, numbered from 0" : "libtorch finds no GPU")}.";

    private static readonly NeuralNetworkOptions Options = new() { LabelColumnName = "Ring", Network = Network.Mlp([4]), Epochs = 1, Seed = 1 };

    [Theory]
    [InlineData(Missing)]
    [InlineData(-1)]
    public void Training_without_the_GPU_asked_for_is_an_error(int gpu)
    {
        var ml = new MLContext(1) { GpuDeviceId = gpu };

        var e = Assert.Throws<InvalidOperationException>(() => Fit(ml));

        Assert.StartsWith(Error.Replace($"{Missing}", $"{gpu}", StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cuda-linux", e.Message, StringComparison.Ordinal);
        Assert.Contains("FallbackToCpu", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_processor_stands_in_when_it_may_and_a_warning_says_so()
    {
        var warnings = new List<string>();
        var ml = new MLContext(1) { GpuDeviceId = Missing, FallbackToCpu = true };
        ml.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning)
            {
                warnings.Add(e.RawMessage);
            }
        };

        using var model = Fit(ml);

        Assert.Equal([$"{Error} The processor is used instead, as MLContext.FallbackToCpu says."], warnings.Where(warning => warning.StartsWith("MLContext", StringComparison.Ordinal)));
        Assert.Equal("cpu", model.Model.Training!.Environment!.Device);
    }

    [Fact]
    public void What_the_context_says_when_Fit_is_called_counts()
    {
        var ml = new MLContext(1);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Options);
        ml.GpuDeviceId = Missing;

        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.RingsView(ml, 30)));
        ml.GpuDeviceId = null;
        trainer.Fit(Samples.RingsView(ml, 30)).Dispose();
    }

    [Fact]
    public void A_model_is_loaded_to_the_device_of_the_context_that_loads_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
        var ml = new MLContext(1);
        using (var model = Fit(ml))
        {
            ml.Model.SaveSafely(model, Samples.RingsView(ml, 30).Schema, file);
        }

        var e = Assert.Throws<InvalidDataException>(() => new MLContext { GpuDeviceId = Missing }.Model.LoadSafely(file, out _));
        Assert.Contains(Error, e.Message, StringComparison.Ordinal);
        (new MLContext { GpuDeviceId = Missing, FallbackToCpu = true }.Model.LoadSafely(file, out _) as IDisposable)!.Dispose();
    }

    private static NeuralNetworkTransformer Fit(MLContext ml) => ml.MulticlassClassification.Trainers.NeuralNetwork(Options).Fit(Samples.RingsView(ml, 30));
}
