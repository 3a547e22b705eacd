using Microsoft.ML;
using Xunit.Abstractions;

namespace MLNet.GradStability.Tests.Transfer;

/// <summary>Trainings that start from a network that has learned one half of the digits, with rows of either half.</summary>
[Trait("Row", "R19")]
public sealed class TransferTests(ITestOutputHelper output) : IDisposable
{
    private static readonly NeuralNetworkOptions Options = new() { Network = Digits.Net, Epochs = 30, Seed = 3 };
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_few_rows_more_of_what_it_knows_do_better_than_a_few_rows_alone()
    {
        using var old = Trained();
        var (few, test) = (Digits.Low(_ml, rows: 15, skip: 600), Digits.Low(_ml, rows: 300, skip: 615));
        var start = Options with { StartFrom = StartingWeights.FromModel(old) };

        var (scratch, moved) = (Accuracy(Options, few, test), Accuracy(start, few, test));

        output.WriteLine(FormattableString.Invariant($"from nothing {scratch:F3}, from the trained network {moved:F3}"));
        Assert.True(moved > scratch + 0.05, FormattableString.Invariant($"{moved} against {scratch}"));
        Assert.True(moved > 0.9);
    }

    [Fact]
    public void Frozen_layers_stay_bit_for_bit_as_they_were_and_the_head_is_new()
    {
        using var old = Trained();
        var (train, _) = Digits.High(_ml, perDigit: 3);
        var start = StartingWeights.FromModel(old).Except("output*");
        var before = Weights(old.Model);
        using var model = Fit(Options with { Epochs = 3, StartFrom = start, Optimizer = Optimizer.AdamW(1e-2).Freeze("*").ForLayers("output"), Regularizer = Regularizer.L2(0.1) }, train);

        var after = Weights(model.Model);

        // The scaling is that of the rows it learned from, so that frozen layers see what they know.
        Assert.Equal(old.Model.Scaling!.Centers, model.Model.Scaling!.Centers);
        Assert.Equal(old.Model.Scaling.Scales, model.Model.Scaling.Scales);
        foreach (var (name, values) in before)
        {
            Assert.True(values.SequenceEqual(after[name]) == !name.StartsWith("output", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void A_head_for_more_classes_takes_the_place_of_the_old_one()
    {
        using var old = Trained();
        var all = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Samples.Digits(_ml)).Transform(_ml.Data.TakeRows(Samples.Digits(_ml), 100));
        using var model = Fit(Options with { Epochs = 1, StartFrom = StartingWeights.FromModel(old).Except("output*") }, all);

        Assert.Equal((5, 10), (old.Model.OutputSize, model.Model.OutputSize));
        Assert.Null(model.Model.Options.StartFrom);
    }

    [Fact]
    public void Every_source_gives_the_same_start_to_the_bit()
    {
        using var old = Trained(epochs: 1);
        var (train, _) = Digits.High(_ml, perDigit: 2);
        Directory.CreateDirectory(_folder.Path);
        string zip = Path.Combine(_folder.Path, "model.zip"), tensors = Path.Combine(_folder.Path, "net.safetensors"), state = Path.Combine(_folder.Path, "net.dat");
        _ml.Model.Save(old, Digits.Low(_ml, 10).Schema, zip);
        old.Model.SaveSafetensors(tensors);
        old.Model.Module.save(state);
        StartingWeights[] sources = [StartingWeights.FromModel(old), StartingWeights.FromModelFile(zip), StartingWeights.FromSafetensors(tensors)];

        var fitted = sources.Select(source => Weights(Options with { Epochs = 2, StartFrom = source.Except("output*") }, train)).ToList();
        var raw = Options with { Epochs = 2, StartFrom = StartingWeights.FromStateFile(state).Except("output*") };

        Assert.All(fitted, weights => Assert.Equal(fitted[0], weights));

        // A state file does not tell the scaling: it is taken over the new rows, as it is on demand.
        Assert.Equal(Weights(raw with { StartFrom = sources[0].Except("output*").WithNewScaling() }, train), Weights(raw, train));
        Assert.NotEqual(fitted[0], Weights(raw, train));
        Assert.Single(Directory.GetFiles(_folder.Path, "*.safetensors*"));
    }

    [Fact]
    public void Nothing_is_drawn_anew_that_was_taken_whatever_the_guard_thinks()
    {
        var (train, _) = Digits.High(_ml, perDigit: 2);
        var options = Options with { Network = Network.Mlp([16, 16]), Epochs = 1, Initializer = Initializer.Normal(50), Stability = null, Optimizer = Optimizer.Sgd(1e-30) };
        using var wild = Fit(options, train);
        using var model = Fit(options with { StartFrom = StartingWeights.FromModel(wild).Except("output*"), Stability = new() }, train);

        var (before, after) = (Weights(wild.Model), Weights(model.Model));

        Assert.Contains(model.Model.Training!.Incidents, incident => incident.Kind == IncidentKind.UntrainableStart);
        Assert.All(before.Where(weight => weight.Key is "hidden0.weight" or "hidden1.weight"), weight => Assert.Equal(weight.Value, after[weight.Key]));
    }

    [Fact]
    public void A_head_that_was_trained_for_other_classes_is_doubted()
    {
        using var old = Trained(epochs: 1);
        var (train, _) = Digits.High(_ml, perDigit: 2);
        var warnings = new List<string>();
        _ml.Log += (_, e) => warnings.AddRange(e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? [e.RawMessage] : []);

        Fit(Options with { Epochs = 1, StartFrom = StartingWeights.FromModel(old) }, train).Dispose();

        Assert.Contains("StartFrom: the output layer was trained for [\"0\", \"1\", \"2\", \"3\", \"4\"] and is trained for [\"5\", \"6\", \"7\", \"8\", \"9\"] now. To start it anew, add Except(\"output*\").", warnings);
    }

    [Fact]
    public void A_checkpoint_of_another_start_is_another_run()
    {
        using var old = Trained(epochs: 1);
        var (train, _) = Digits.High(_ml, perDigit: 2);
        var options = Options with { Epochs = 1, Checkpoints = new(_folder.Path) };
        var start = StartingWeights.FromModel(old).Except("output*");
        foreach (var from in new[] { null, start, start.Except("dense*"), start.WithNewScaling() })
        {
            Fit(options with { StartFrom = from }, train).Dispose();
        }

        Assert.Equal(4, Directory.GetDirectories(_folder.Path).Length);
        var whole = Weights(options with { Checkpoints = null, StartFrom = start }, train);
        Assert.Equal(whole, Weights(options with { StartFrom = start }, train));
        Assert.Equal(4, Directory.GetDirectories(_folder.Path).Length);
    }

    [Fact]
    public void The_rate_search_starts_from_the_weights_too()
    {
        using var old = Trained();
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { StartFrom = StartingWeights.FromModel(old) });
        var curve = trainer.FindLearningRate(Digits.Low(_ml), 1e-6, 1e-5, steps: 10);

        Assert.True(curve.Points[0].Loss < 0.3, "the old rows are known before the first step");
    }

    private static Dictionary<string, double[]> Weights(TrainedNetwork model) => WeightFile.Tensors(model.Module).ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray());

    private Dictionary<string, double[]> Weights(NeuralNetworkOptions options, IDataView train)
    {
        using var model = Fit(options, train);
        return Weights(model.Model);
    }

    private NeuralNetworkTransformer Trained(int epochs = 15) => Fit(Options with { Epochs = epochs }, Digits.Low(_ml));

    private NeuralNetworkTransformer Fit(NeuralNetworkOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);

    private double Accuracy(NeuralNetworkOptions options, IDataView train, IDataView test)
    {
        using var model = Fit(options, train);
        return _ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
    }
}
