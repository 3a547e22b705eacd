using System.Reflection;
using Microsoft.ML;
using MLNet.GradStability.Tests.Persistence;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Augmentations;

/// <summary>What holds for every augmentation.</summary>
[Trait("Row", "R15")]
public sealed class AugmentationContractTests
{
    private readonly MLContext _ml = new(1);

    internal static Dictionary<string, Augmentation> Kinds { get; } = new()
    {
        ["images"] = Augmentation.Images([1, 1, 2], 0.4, 0, flipHorizontally: true, noise: 0.1, cutOut: 0.9),
        ["noise"] = Augmentation.Noise(0.3),
        ["mixup"] = Augmentation.Mixup(0.5),
        ["chain"] = Augmentation.Noise(0.1).Then(Augmentation.Mixup()),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Fact]
    public void Every_kind_is_in_the_table() => Assert.Equal(
        typeof(Augmentation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Augmentation))).Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()!.Name).Order(),
        Kinds.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void It_comes_back_from_JSON(string name)
    {
        var json = Descriptions.ToJson(Kinds[name]);

        Assert.Contains($"\"kind\":\"{name}\"", json, StringComparison.Ordinal);
        Assert.Equal(Kinds[name], Descriptions.FromJson<Augmentation>(json));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_alters_rows_alike_from_the_same_seed_and_spares_keys(string name)
    {
        var kind = Kinds[name];
        using var scope = NewDisposeScope();
        var rows = rand(6, 3, generator: new Generator(1));
        var (first, again, other) = (Altered(1), Altered(1), Altered(2));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.All(first, number => Assert.True(double.IsFinite(number)));
        Assert.Equal(rows.select(1, 2).ToArray(), first.Where((_, i) => i % 3 == 2));
        Assert.NotEqual(rows.select(1, 0).ToArray(), first.Where((_, i) => i % 3 == 0));

        double[] Altered(int seed)
        {
            using var altered = Alter(kind, rows.clone(), seed);
            return altered.Features.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_changes_the_training_repeats_and_lets_scoring_alone(string name)
    {
        var plain = Fit(null);
        var (first, again) = (Fit(Kinds[name]), Fit(Kinds[name]));

        Assert.NotEqual(plain.Weights, first.Weights);
        Assert.Equal(first.Weights, again.Weights);

        // Before the first step the same network is measured on the same rows, and after the last on rows as they are.
        Assert.Equal((plain.Training.InitialTraining, plain.Training.InitialValidation), (first.Training.InitialTraining, first.Training.InitialValidation));
        Assert.Equal(first.Accuracy, first.Training.FinalValidation!.Metric, 1e-9);
        Assert.Equal(first.LogLoss, first.Training.FinalValidation!.Loss, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_comes_back_with_the_model(string name)
    {
        using var saved = new SavedModel();
        var data = Samples.RingsView(_ml, 60);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options(Kinds[name]) with { Epochs = 1 }).Fit(data);
        var path = Path.Combine(saved.Folder, "model.zip");
        _ml.Model.SaveSafely(model, data.Schema, path);
        using var loaded = (NeuralNetworkTransformer)new MLContext().UseGradStability().Model.LoadSafely(path, out _);

        Assert.Equal(Kinds[name], loaded.Model.Options.Augmentation);
    }

    // The last feature stands for a key.
    private static Batch Alter(Augmentation kind, Tensor rows, int seed)
    {
        var batch = new Batch(rows, zeros(6), ones(6));
        return kind.Apply(batch, new(batch.Features.narrow(1, 0, 2), null, new Random(seed)));
    }

    private static NeuralNetworkOptions Options(Augmentation? augmentation) => new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([8]),
        Optimizer = Optimizer.Adam(0.01),
        Epochs = 3,
        BatchSize = 16,
        AccumulationSteps = 2,
        Seed = 1,
        LabelSmoothing = 0,
        Augmentation = augmentation,
    };

    private (double[] Weights, TrainingResult Training, double Accuracy, double LogLoss) Fit(Augmentation? augmentation)
    {
        var (train, held) = (Samples.RingsView(_ml, 150), Samples.RingsView(_ml, 60, seed: 2));
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options(augmentation)).Fit(train, held);
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(held), "Ring");
        return ([.. model.Model.Module.parameters().SelectMany(Support.ToArray)], model.Model.Training!, metrics.MicroAccuracy, metrics.LogLoss);
    }
}
