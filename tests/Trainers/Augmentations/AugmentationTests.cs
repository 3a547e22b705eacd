using Microsoft.ML;

namespace MLNet.GradStability.Tests.Augmentations;

/// <summary>Augmentation in trainings: anew each epoch, for every task, good for images; and what is wrong with some.</summary>
[Trait("Row", "R15")]
public sealed class AugmentationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Rows_are_altered_anew_in_each_epoch_and_known_by_their_numbers()
    {
        var seen = new Dictionary<long, List<double>>();
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = "Ring",
            Network = Network.Mlp([4]),
            Epochs = 3,
            BatchSize = 16,
            Seed = 1,
            Augmentation = Augmentation.Noise(0.01),
            InputScaling = null,
            Callbacks = [Callback.On(stepStarting: (_, rows) =>
            {
                var first = rows.Features.select(1, 0).ToArray();
                foreach (var (row, value) in rows.RowIds().Zip(first))
                {
                    seen.TryAdd(row, []);
                    seen[row].Add(value);
                }
            })],
        };
        var points = Samples.Rings(40).ToList();

        _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(points)).Dispose();

        Assert.Equal(40, seen.Count);
        Assert.All(seen, row => Assert.Equal(3, row.Value.Distinct().Count()));
        Assert.All(seen, row => Assert.All(row.Value, value => Assert.InRange(value - points[(int)row.Key].Features[0], -0.06, 0.06)));
    }

    [Fact]
    public void Streamed_rows_are_altered_as_kept_ones_are()
    {
        double[] Weights(Augmentation? augmentation)
        {
            var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Network = Network.Mlp([4]), Epochs = 1, BatchSize = 2048, Seed = 1, MaxDataMemory = 1 << 20, Augmentation = augmentation };
            using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(_ml, 90_001));
            return [.. model.Model.Module.parameters().SelectMany(Support.ToArray)];
        }

        var mixed = Weights(Augmentation.Mixup());
        Assert.Equal(mixed, Weights(Augmentation.Mixup()));
        Assert.NotEqual(mixed, Weights(null));
    }

    [Theory]
    [InlineData("Radius")]
    [InlineData("Inner")]
    [Trait("Row", "R24")]
    public void Mixed_rows_are_learned_in_regression_and_binary_too(string label)
    {
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = label,
            ExampleWeightColumnName = "Weight",
            Network = Network.Mlp([32, 32]),
            Optimizer = Optimizer.Adam(0.01),
            Epochs = 40,
            Seed = 1,
            AccumulationSteps = 2,
            Augmentation = Augmentation.Noise(0.01).Then(Augmentation.Mixup(0.1)),
            ValidationFraction = 0.2,
        };
        var data = Samples.RingsView(_ml, 400);
        using var model = label == "Inner" ? _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data) : _ml.Regression.Trainers.NeuralNetwork(options).Fit(data);
        var validation = model.Model.Training!.FinalValidation!;

        if (label == "Inner")
        {
            Assert.InRange(validation.Metric, 0.95, 1);
        }
        else
        {
            Assert.InRange(validation.Metric, 0, 40);
        }

        Assert.Equal(DiagnosisKind.Healthy, model.Model.Training.Diagnosis!.Kind);
    }

    [Fact]
    public void Digits_are_read_at_least_as_well_from_few_images()
    {
        var loaded = Samples.Digits(_ml);
        var digits = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(loaded).Transform(loaded);
        var split = _ml.Data.TrainTestSplit(digits, testFraction: 0.85, seed: 1);
        var (train, held) = (split.TrainSet, split.TestSet);
        var options = new NeuralNetworkOptions
        {
            Network = Network.Cnn([1, 8, 8], [Layer.Conv(16, 3), Layer.MaxPool(2), Layer.Conv(32, 3), Layer.MaxPool(2), Layer.Flatten()]),
            Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(5e-3, 20)),
            LabelSmoothing = 0,
            Epochs = 60,
        };

        var (plain, augmented) = (Mean(null), Mean(Augmentation.Images([1, 8, 8]).Then(Augmentation.Mixup())));

        Assert.True(augmented.Accuracy >= plain.Accuracy && augmented.Loss < plain.Loss, $"{augmented} with, {plain} without");
        Assert.InRange(augmented.Accuracy, 0.95, 1);

        (double Accuracy, double Loss) Mean(Augmentation? augmentation)
        {
            var results = new[] { 1, 2 }.Select(seed =>
            {
                using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Augmentation = augmentation, Seed = seed }).Fit(train, held);
                Assert.Equal(DiagnosisKind.Healthy, model.Model.Training!.Diagnosis!.Kind);
                return model.Model.Training.FinalValidation!;
            }).ToList();
            return (results.Average(result => result.Metric), results.Average(result => result.Loss));
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_where_it_is_said()
    {
        AssertMessage("Augmentation.Noise: std must be finite and greater than 0; got 0. Usual values are 0.01 to 0.3", () => Augmentation.Noise(0));
        AssertMessage("Augmentation.Mixup: alpha must be finite and greater than 0; got NaN. Usual values are 0.1 to 1", () => Augmentation.Mixup(double.NaN));
        AssertMessage("Augmentation.Images: inputShape must be 3 sizes [channels, height, width], each 1 or greater; got [8, 8].", () => Augmentation.Images([8, 8]));
        AssertMessage("Augmentation.Images: maxShift must be at least 0 and below 1; got 1.", () => Augmentation.Images([1, 8, 8], 1));
        AssertMessage("Augmentation.Images: maxRotation must be 0 to 180 degrees; got -1.", () => Augmentation.Images([1, 8, 8], 0, -1));
        AssertMessage("Augmentation.Images: noise must be finite and 0 or greater; got -1.", () => Augmentation.Images([1, 8, 8], noise: -1));
        AssertMessage("Augmentation.Images: cutOut must be at least 0 and below 1; got 1.", () => Augmentation.Images([1, 8, 8], cutOut: 1));
        AssertMessage("Augmentation.Images: something must be altered; got maxShift 0, maxRotation 0 and nothing else.", () => Augmentation.Images([1, 8, 8], 0, 0));
        AssertMessage("Augmentation.Then: a chain must hold at most one Mixup, as a row has two targets at most; got 2.", () => Augmentation.Mixup().Then(Augmentation.Noise(1)).Then(Augmentation.Mixup()));
        AssertMessage("Augmentation.Then: next must be given; got null.", () => Augmentation.Mixup().Then(null!));
    }

    [Fact]
    public void Images_of_another_size_than_the_rows_are_refused()
    {
        var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Augmentation = Augmentation.Noise(0.1).Then(Augmentation.Images([1, 8, 8])) };

        AssertMessage(
            "Augmentation.Images: inputShape must hold as many numbers as a row has features; [1, 8, 8] holds 64, the rows have 2.",
            () => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(_ml, 30)));
    }

    [Fact]
    public void Rows_of_keys_alone_are_refused() => AssertMessage(
        "NeuralNetworkOptions: Augmentation must be null where all feature columns are keys; it alters numbers. Leave it out, or add a column of numbers.",
        () =>
        {
            Augmentation.Mixup().Check(0);
            return new object();
        });

    private static void AssertMessage(string start, Func<object> make) => Assert.StartsWith(start, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
