using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Losses;

/// <summary>Label smoothing is on where it helps, and no score shows it.</summary>
public sealed class TargetSmoothingTests
{
    private const double Share = 0.1;

    public static TheoryData<double[]> Classes => [[0.7, 0.2, 0.1], [0.98, 0.015, 0.005], [0.5, 0.5], [0.3, 0.3, 0.2, 0.2]];

    [Theory]
    [MemberData(nameof(Classes))]
    public void What_a_fitted_network_gives_leads_back_to_the_probabilities(double[] probabilities)
    {
        var classes = probabilities.Length;
        using var outputs = tensor(probabilities.Select(p => Math.Log(((1 - Share) * p) + (Share / classes))).ToArray()).unsqueeze(0);

        using var scores = new TargetSmoothing(Share).Probabilities(outputs);

        Support.AssertClose(probabilities, scores.ToArray(), 0.005);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.03)]
    public void Log_odds_too(double probability)
    {
        var share = ((1 - Share) * probability) + (Share / 2);
        using var outputs = tensor(new[] { Math.Log(share / (1 - share)) });

        using var odds = new TargetSmoothing(Share).LogOdds(outputs);

        Assert.Equal(probability, odds.sigmoid().ToDouble(), 0.005);
    }

    [Fact]
    public void Scores_rise_with_outputs_and_stay_finite_beyond_what_targets_allow()
    {
        using var outputs = linspace(-12, 12, 241, ScalarType.Float32);
        var odds = new TargetSmoothing(Share).LogOdds(outputs).ToArray();
        var pairs = new TargetSmoothing(Share).Probabilities(stack([outputs, zeros_like(outputs)], 1));

        Assert.All(odds.Zip(odds.Skip(1)), pair => Assert.True(pair.Second > pair.First, $"{pair}"));
        Assert.Equal(0, odds[120], 1e-6);
        Support.AssertClose(Enumerable.Repeat(1.0, odds.Length).ToArray(), pairs.sum(1).ToArray(), 1e-5);
        Support.AssertClose(odds.Select(z => 1 / (1 + Math.Exp(-z))).ToArray(), pairs.select(1, 0).ToArray(), 1e-5);
        Assert.InRange(odds[^1], 5, 20);
    }

    [Fact]
    public void The_default_is_smaller_where_a_class_is_rare_and_none_beside_weights_and_other_losses()
    {
        var options = new NeuralNetworkOptions();
        Assert.Equal(new(0.03), TargetSmoothing.Of(options, [10.0, 10.0, 10.0]));
        Assert.Equal(0.03 * 0.02, TargetSmoothing.Of(options, [990.0, 10.0]).Share, 1e-12);
        Assert.Equal(new(0.03), TargetSmoothing.Of(options, [10.0, 0.0, 10.0]));
        Assert.Equal(0.03 * 0.2, TargetSmoothing.Of(options, [[50, 50], [10, 90]]).Share, 1e-12);
        Assert.Equal(0, TargetSmoothing.Of(options, [[50, 50], [100, 0]]).Share);
        Assert.Equal(0, TargetSmoothing.Of(options with { ClassWeights = ClassWeights.Balanced() }, [10.0, 10.0]).Share);
        Assert.Equal(new(0.03), TargetSmoothing.Of(options with { Network = Network.Cnn([1, 8, 8], [Layer.Conv(4, 3), Layer.Flatten(), Layer.Dense(8)]) }, [10.0, 10.0]));
        Assert.Equal(0, TargetSmoothing.Of(options with { Network = Network.Mlp([8, 8, 8, 8, 8]) }, [10.0, 10.0]).Share);
        Assert.Equal(0, TargetSmoothing.Of(options with { Network = Network.ResNet(18, [1, 8, 8], width: 4) }, [10.0, 10.0]).Share);
        Assert.Equal(0, TargetSmoothing.Of(options with { ClassificationLoss = ClassificationLoss.Focal() }, [10.0, 10.0]).Share);
        Assert.Equal(new(0.2, false), TargetSmoothing.Of(options with { LabelSmoothing = 0.2, ClassWeights = ClassWeights.Balanced() }, [990.0, 10.0]));
        Assert.Equal(new(0.2), TargetSmoothing.Of(options with { LabelSmoothing = 0.2 }, [990.0, 10.0]));
        Assert.Equal(new(0), TargetSmoothing.Of(options with { LabelSmoothing = 0 }, [10.0, 10.0]));
    }

    /// <summary>One row in 50 is true whatever the features are: the mean probability is that share, and not s/2 more.</summary>
    [Fact]
    public void Probabilities_of_a_rare_class_are_its_share()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5000).Select(row => new Row { Features = [random.NextSingle(), random.NextSingle()], Label = row % 50 == 0 }).ToList());
        using var model = ml.BinaryClassification.Trainers.NeuralNetwork(new() { Network = Network.Mlp([8]), LabelSmoothing = Share, Optimizer = Optimizer.Adam(0.01), Seed = 1, Epochs = 20 }).Fit(rows);

        var scored = model.Transform(rows);

        Assert.InRange(scored.GetColumn<float>("Probability").Average(), 0.01f, 0.03f);
        Assert.All(scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Probability")), pair => Assert.Equal(1 / (1 + Math.Exp(-pair.First)), pair.Second, 1e-5));
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
