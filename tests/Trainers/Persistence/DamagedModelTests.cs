using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>A file that is not as it was saved gets a clear error, never a crash or a huge allocation.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private readonly SavedModel _saved = new();

    public void Dispose() => _saved.Dispose();

    [Theory]
    [InlineData("Weights.bin")]
    [InlineData("Description.json")]
    public void An_altered_byte_is_noticed(string stream)
    {
        var (_, path) = _saved.Save("Ring", out _);
        var middle = SavedModel.Entry(path, stream).Length / 2;
        Alter(path, stream, bytes => bytes[middle] ^= 0xFF);
        var error = Assert.Throws<InvalidDataException>(() => new MLContext().Model.LoadSafely(path, out _));
        Assert.Contains($"the stream {stream} was altered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_cut_off_is_noticed()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.Replace(path, "Weights.bin", SavedModel.Entry(path, "Weights.bin")[..^7]);
        AssertLoadError(path, "is cut off");
    }

    [Fact]
    public void An_absurd_length_is_noticed_without_allocating_it()
    {
        var (_, path) = _saved.Save("Ring", out _);
        Alter(path, "Weights.bin", bytes => BitConverter.TryWriteBytes(bytes, long.MaxValue));
        AssertLoadError(path, "is cut off");
    }

    [Fact]
    public void A_missing_stream_is_named()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.Replace(path, "Weights.bin", null);
        AssertLoadError(path, "Weights.bin is missing");
    }

    [Fact]
    public void A_newer_version_asks_for_an_update()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => json["formatVersion"] = 99);
        AssertLoadError(path, "it is in format 99", "update MLNet.GradStability");
    }

    [Fact]
    public void An_unknown_kind_is_refused()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => json["options"]!["network"]!["kind"] = "System.Diagnostics.Process");
        AssertLoadError(path, "The saved network cannot be read", "Descriptions.Register");
    }

    [Fact]
    public void A_module_that_is_not_registered_is_named()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => json["options"]!["network"] = JsonNode.Parse("{\"kind\":\"custom\",\"name\":\"not-here\",\"activation\":null}"));
        AssertLoadError(path, "The saved network cannot be read", "Call NetworkModules.Register(\"not-here\", (inputSize, outputSize) => …) first");
    }

    [Fact]
    public void A_smoothing_that_no_training_can_have_is_refused()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => json["smoothingTakenOut"] = 1.5);
        AssertLoadError(path, "the label smoothing must be at least 0 and below 1; it is 1.5");
    }

    [Fact]
    public void A_shape_of_other_rows_is_refused()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => json["options"]!["network"] = JsonNode.Parse(Descriptions.ToJson(Network.Cnn([1, 2, 2], [Layer.Flatten()]))));
        AssertLoadError(path, "inputShape must hold as many numbers as a row has features; [1, 2, 2] holds 4, a row of the model 2");
    }

    [Fact]
    public void Another_network_s_weights_are_refused()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => (json["inputSize"], json["inputs"]![0]!["size"]) = (1, 1));
        AssertLoadError(path, "tensor hidden0.weight must have the shape");
    }

    [Fact]
    public void A_huge_network_in_the_description_is_refused_before_it_is_built()
    {
        var (_, path) = _saved.Save("Ring", out _);
        SavedModel.EditDescription(path, json => (json["inputSize"], json["inputs"]![0]!["size"]) = (int.MaxValue, int.MaxValue));
        AssertLoadError(path, "a larger network than the weights are there for");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_truncated_file_is_no_model(int length)
    {
        var (_, path) = _saved.Save("Ring", out _);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        AssertLoadError(path, "cannot be loaded");
    }

    [Fact]
    public void A_foreign_file_is_no_model()
    {
        var path = Path.Combine(_saved.Folder, "foreign.zip");
        File.WriteAllText(path, "not a zip");
        AssertLoadError(path, $"The model file \"{path}\" cannot be loaded");
        File.Delete(path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("hello.txt");
        }

        AssertLoadError(path, "cannot be loaded");
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => new MLContext().Model.LoadSafely(Path.Combine(_saved.Folder, "none.zip"), out _));

    private static void AssertLoadError(string path, params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => new MLContext().Model.LoadSafely(path, out _));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        var plain = Assert.ThrowsAny<Exception>(() => new MLContext().UseGradStability().Model.Load(path, out _));
        Assert.IsNotType<OutOfMemoryException>(plain);
    }

    private static void Alter(string path, string stream, Action<byte[]> change)
    {
        var bytes = SavedModel.Entry(path, stream);
        change(bytes);
        SavedModel.Replace(path, stream, bytes);
    }
}
