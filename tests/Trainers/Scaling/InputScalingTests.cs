using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNet.GradStability.Tests.Persistence;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Scaling;

/// <summary>Rows are scaled once, alike in training, validation and scoring, and the numbers travel with the model.</summary>
[Trait("Row", "R25")]
public sealed class InputScalingTests : IDisposable
{
    private const int Rows = 120_000;
    private static readonly NeuralNetworkOptions Options = new() { LabelColumnName = "Ring", Network = Network.Mlp([8]), Epochs = 1, Seed = 1, BatchSize = 256 };
    private readonly SavedModel _saved = new();
    private readonly MLContext _ml = new(1);

    public static TheoryData<string> Scalings => new("""{"kind":"standardize","limit":5}""", """{"kind":"robust","limit":3}""");

    public void Dispose() => _saved.Dispose();

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Kept_and_streamed_rows_are_scaled_alike(string json)
    {
        var options = Options with { InputScaling = Descriptions.FromJson<InputScaling>(json), ValidationFraction = 0.25 };
        using var kept = Read(options);
        using var streamed = Read(options with { MaxDataMemory = 1 << 20 });
        Assert.Equal((false, true), (kept.Training.IsStreamed, streamed.Training.IsStreamed));
        Assert.Equal(kept.Training.Scaling!.Centers, streamed.Training.Scaling!.Centers);
        Assert.Equal(kept.Training.Scaling.Scales, streamed.Training.Scaling.Scales);
        Assert.Equal(Features(kept.Training), Features(streamed.Training));
        Assert.Equal(Features(kept.Validation!), Features(streamed.Validation!));
    }

    [Fact]
    public void Validation_rows_are_scaled_by_the_numbers_of_the_training_rows()
    {
        var options = Options with { InputScaling = InputScaling.Standardize(double.PositiveInfinity) };
        using var split = Read(options with { ValidationFraction = 0.25 });
        using var given = Read(options with { ValidationData = View(factor: 100) });

        var training = Features(split.Training);
        Assert.Equal(0, training.Average(), 1e-3);
        Assert.Equal(1, training.Average(value => value * value), 1e-3);
        Assert.Same(split.Training.Scaling, split.Validation!.Scaling);
        Assert.Equal(Features(given.Training).Select(value => value * 100), Features(given.Validation!), (a, b) => Math.Abs(a - b) < 1 + (0.01 * Math.Abs(a)));
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Images_are_scaled_by_channel_and_sequences_by_feature(string json)
    {
        var options = Options with { InputScaling = Descriptions.FromJson<InputScaling>(json), Seed = 1 };
        var random = new Random(1);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(_ => new Image { Label = random.NextSingle(), Features = [.. Enumerable.Range(0, 8).Select(i => i + random.NextSingle())] }).ToList());
        double[] Centers(Network network)
        {
            using var model = _ml.Regression.Trainers.NeuralNetwork(options with { Network = network, LabelColumnName = "Label" }).Fit(data);
            return [.. model.Model.Scaling!.Centers];
        }

        var image = Centers(Network.Cnn([2, 2, 2], [Layer.Flatten()]));
        Assert.All(image, (center, i) => Assert.Equal(i < 4 ? 2 : 6, center, 0.2));
        Assert.Equal(2, image.Distinct().Count());
        var sequence = Centers(Network.Recurrent(RecurrentCell.Rnn, [4, 2], 2));
        Assert.All(sequence, (center, i) => Assert.Equal(i % 2 == 0 ? 3.5 : 4.5, center, 0.9));
        Assert.Equal((sequence[0], sequence[1]), (sequence[6], sequence[7]));
        Assert.Equal(8, Centers(Network.Mlp([2])).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Scoring_scales_as_training_did(string json)
    {
        var options = Options with { InputScaling = Descriptions.FromJson<InputScaling>(json) };
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(View());
        using var rows = Read(options);
        using var batch = rows.Training.EpochInOrder(model.Model.Task, 1000).First();
        using var scope = NewDisposeScope();

        var expected = model.Model.Task.Scores(model.Model.Module.call(batch.Features)).ToArray();
        var scores = new float[expected.Length];
        model.Model.Score([.. Samples.Rings(Rows).Take(1000).SelectMany(point => point.Features)], 1000, scores);

        Assert.Equal(expected, scores.Select(score => (double)score));
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void A_saved_model_scores_as_before(string json)
    {
        using var model = Fit(json, out var path);
        var loaded = (NeuralNetworkTransformer)_ml.Model.LoadSafely(path, out _);

        Assert.Equal(model.Model.Scaling!.Centers, loaded.Model.Scaling!.Centers);
        Assert.Equal(model.Model.Scaling.Scales, loaded.Model.Scaling.Scales);
        Assert.Equal(Score(model.Model), Score(loaded.Model));
        Assert.Contains(float.NaN, Score(loaded.Model, float.NaN));
    }

    [Fact]
    public void A_file_without_a_scaling_scores_rows_as_they_are()
    {
        using var model = Fit("null", out var path);
        var header = JsonNode.Parse(Body(path, "Description.json"))!.AsObject();
        Assert.False((bool)header["hasScaling"]!);

        // As written by a version that knew no scaling, read by one whose default is one.
        header.Remove("hasScaling");
        header["options"]!.AsObject().Remove("inputScaling");
        Write(path, "Description.json", Encoding.UTF8.GetBytes(header.ToJsonString()));
        var loaded = (NeuralNetworkTransformer)_ml.Model.LoadSafely(path, out _);

        Assert.Null(loaded.Model.Scaling);
        Assert.Equal(Score(model.Model), Score(loaded.Model));
    }

    [Fact]
    public void Damaged_numbers_are_refused()
    {
        using var model = Fit("""{"kind":"robust","limit":3}""", out var path);
        var bytes = Body(path, "Scaling.bin");
        AssertRefused(path, bytes[..^8], "the input scaling must have 32 bytes and has 24");
        AssertRefused(path, [.. bytes[..^8], .. BitConverter.GetBytes(-1.0)], "the input scaling must hold finite centres, and scales of 0 or more");
        AssertRefused(path, [.. BitConverter.GetBytes(double.NaN), .. bytes[8..]], "the input scaling must hold finite centres");
        AssertRefused(path, null, "the stream Scaling.bin is missing");
    }

    private static List<double> Features(BatchSource source) => [.. source.EpochInOrder(new RegressionTask(0, 1, RegressionLoss.Mse()), 1000).SelectMany(batch =>
    {
        using (batch)
        {
            return batch.Features.ToArray();
        }
    })];

    private static float[] Score(TrainedNetwork network, float first = 1)
    {
        var scores = new float[network.OutputSize];
        network.Score([first, -0.5f], 1, scores);
        return scores;
    }

    // A checksummed stream: length, body, SHA-256.
    private static byte[] Body(string path, string stream) => SavedModel.Entry(path, stream)[sizeof(long)..^32];

    private static void Write(string path, string stream, byte[] body) => SavedModel.Replace(
        path, stream, [.. BitConverter.GetBytes((long)body.Length), .. body, .. System.Security.Cryptography.SHA256.HashData(body)]);

    private void AssertRefused(string path, byte[]? body, string reason)
    {
        var copy = Path.Combine(_saved.Folder, "damaged.zip");
        File.Copy(path, copy, overwrite: true);
        if (body is null)
        {
            SavedModel.Replace(copy, "Scaling.bin", null);
        }
        else
        {
            Write(copy, "Scaling.bin", body);
        }

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => _ml.Model.LoadSafely(copy, out _)).Message, StringComparison.Ordinal);
    }

    private NeuralNetworkTransformer Fit(string json, out string path)
    {
        var options = Options with { InputScaling = json == "null" ? null : Descriptions.FromJson<InputScaling>(json) };
        var data = Samples.RingsView(_ml);
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        path = Path.Combine(_saved.Folder, "model.zip");
        _ml.Model.SaveSafely(model, data.Schema, path);
        return model;
    }

    private TrainingRows Read(NeuralNetworkOptions options) => TrainingRows.Read(View(), options, LabelRule.Key, new RunSeed(1));

    private IDataView View(float factor = 1)
    {
        var points = Samples.Rings(Rows).ToList();
        points.ForEach(point => point.Features = [point.Features[0] * factor, point.Features[1] * factor]);
        return _ml.Data.LoadFromEnumerable(points);
    }

    private sealed class Image
    {
        [Microsoft.ML.Data.VectorType(8)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
